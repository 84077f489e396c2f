import { claim } from './harness/claim.ts';
import { mean, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import { quantileOf } from './harness/statistics.ts';
import { number } from './number.ts';

const AGENTS = 1_000;
const PERIOD_MS = 100;

claim('interval-drift', {
  kind: 'finding',
  minutes: { quick: 3, full: 6 },
  quickRounds: 1,
  why: 'It decides how the clock is built. If an interval schedule kept its period, the chain of due times would be unnecessary.',
  method:
    'In a lab world of 1,000 agents, every agent moves in every tick. An interval schedule of 100 ms and the chain of due times drive the same tick, in turn. The period is the time from the start of one tick to the start of the next, as the world records it; the figure is its mean as a percentage of 100 ms.',
  control: 'In the same world and the same rounds, the chain of due times must keep its period.',
  figures: {
    period: samples('Period', 'ms', { subject: 'interval schedule of 100 ms', control: 'chain of due times' }),
    'period.mean': mean('Mean period', '%'),
    'period.apart': mean('Median period above the chain’s', '%'),
  },
  limits: ({ subject, control }) => [
    full(subject['period.mean'].atLeast(102)),
    // How far a quick run drifts depends on the machine; that it drifts does not.
    subject['period.apart'].atLeast(0.5),
    full(control['period.mean'].atMost(100.5)),
  ],
  headline: ({ subject }) => `an interval takes ${number(subject['period.mean'].value)} % of its period`,
  async run({ lab, scale, subject, control }) {
    await lab.everybodyActs(AGENTS);
    const count = scale.of(32, 100);
    /** @returns the median period in per cent; medians, because a tick that a busy machine skips is not drift */
    const watch = async (arm: typeof subject, useInterval: boolean) => {
      await lab.call('lab_use_interval', useInterval);
      const starts = (await lab.watchTicks(count)).map(({ startedMs }) => startedMs);
      const periods = starts.slice(1).map((started, index) => started - (starts[index] ?? NaN));
      arm.period.add(...periods);
      arm['period.mean'].add(...periods.map((period) => (period / PERIOD_MS) * 100));
      return (quantileOf(periods, 0.5) / PERIOD_MS) * 100;
    };
    await scale.each(async () => {
      const interval = await watch(subject, true);
      subject['period.apart'].add(interval - (await watch(control, false)));
    });
  },
});
