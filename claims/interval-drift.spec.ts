import { claim } from './harness/claim.ts';
import type { Tick } from './harness/lab.ts';
import { atLeast, atMost, meanFigure } from './harness/judge.ts';
import { distribution, quantileOf } from './harness/statistics.ts';

const AGENTS = 1_000;
const PERIOD_MS = 100;

claim('interval-drift', {
  kind: 'finding',
  why: 'It decides how the clock is built. Where an interval schedule kept its period, a chain of due times would be needless.',
  method:
    'A lab world of 1,000 agents, all of whom move in every tick. The same tick is driven by an interval schedule of 100 ms and by the chain of due times, in turn. The period is the time from the start of one tick to the start of the next, as the world records it; the figure is its mean in per cent of 100 ms.',
  control: 'The chain of due times beside it, in the same world and the same rounds, must keep its period.',
  async run(lab, scale) {
    await lab.everybodyActs(AGENTS);
    const count = scale.of(20, 200);
    const rounds = await scale.each(async () => {
      await lab.call('lab_use_interval', true);
      const interval = periods(await lab.watchTicks(count));
      await lab.call('lab_use_interval', false);
      const chain = periods(await lab.watchTicks(count));
      return { interval, chain };
    });
    const inPerCent = (of: 'interval' | 'chain') => rounds.map((round) => (mean(round[of]) / PERIOD_MS) * 100);
    const name = { name: 'period.mean', label: 'Mean period', unit: '%' };
    const drift = atLeast(meanFigure({ arm: 'subject', ...name }, inPerCent('interval')), 102, 'full');
    // Medians, since a tick that a busy machine skips is no drift.
    const median = (of: number[]) => (quantileOf(of, 0.5) / PERIOD_MS) * 100;
    const apart = rounds.map((round) => median(round.interval) - median(round.chain));
    return {
      headline: `${drift.value.toFixed(1)} % of its period`,
      checks: [
        drift,
        // How much a quick machine drifts is its own affair; that it does is not.
        atLeast(
          meanFigure(
            { arm: 'subject', name: 'period.apart', label: 'Median period above the chain’s', unit: '%' },
            apart,
          ),
          0.5,
        ),
        atMost(meanFigure({ arm: 'control', ...name }, inPerCent('chain')), 100.5, 'full'),
      ],
      distributions: [
        distribution(
          { arm: 'subject', label: 'interval schedule of 100 ms', name: 'period', unit: 'ms' },
          rounds.map(({ interval }) => interval),
        ),
        distribution(
          { arm: 'control', label: 'chain of due times', name: 'period', unit: 'ms' },
          rounds.map(({ chain }) => chain),
        ),
      ],
    };
  },
});

function periods(ticks: Tick[]): number[] {
  return ticks.slice(1).map((tick, index) => tick.startedMs - (ticks[index]?.startedMs ?? NaN));
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
