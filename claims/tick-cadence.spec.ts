import { claim } from './harness/claim.ts';
import { atLeast, atMost, countFigure, exactly, meanFigure, quantileFigure } from './harness/judge.ts';
import { distribution } from './harness/statistics.ts';

const AGENTS = 1_000;
const BURN_MS = 150;
const CONTROL_TICKS = 60;

claim('tick-cadence', {
  kind: 'measured',
  why: 'A world that misses its ticks is not alive. Everything else in the record assumes a clock that keeps its time.',
  method:
    'A lab world of 1,000 agents, all of whom move in every tick of 100 ms. The world itself records when each tick was due and when it ran; lateness is the difference. The first 20 ticks of each round are thrown away.',
  control:
    'Every tick also burns about 150 ms of computation, calibrated in the same run: longer than the period, so ticks must be missed.',
  async run(lab, scale) {
    await lab.everybodyActs(AGENTS);
    const burn = await lab.iterationsFor(BURN_MS);
    const count = scale.of(50, 350);
    const rounds = await scale.each(async () => {
      const subject = await lab.watchTicks(count);
      await lab.call('lab_spin_in_tick', burn);
      const control = await lab.watchTicks(CONTROL_TICKS);
      await lab.call('lab_spin_in_tick', 0);
      return { subject, control };
    });
    const lateness = (arm: 'subject' | 'control') => rounds.map((round) => round[arm].map((tick) => tick.latenessMs));
    const missed = (arm: 'subject' | 'control', of: number) => rounds.map((round) => of - round[arm].length);

    const p99 = atMost(
      quantileFigure(
        { arm: 'subject', name: 'lateness.p99', label: 'Lateness p99', unit: 'ms' },
        lateness('subject'),
        0.99,
      ),
      10,
      'full',
    );
    const ticks = countFigure(
      { arm: 'subject', name: 'ticks', label: 'Ticks that ran', unit: 'ticks' },
      rounds.map(({ subject }) => subject.length),
    );
    const missedTicks = { name: 'missed', label: 'Ticks missed', unit: 'ticks' };
    return {
      headline: `p99 ${p99.value.toFixed(1)} ms of ${p99.limit} ms`,
      checks: [
        p99,
        exactly(countFigure({ arm: 'subject', ...missedTicks }, missed('subject', count)), 0, 'full'),
        atMost(
          meanFigure({ arm: 'subject', name: 'first-tick', label: 'Publish to first tick', unit: 'ms' }, [
            lab.firstTickMs,
          ]),
          2_000,
          'full',
        ),
        // A quick run may miss some on a busy machine.
        atLeast(ticks, scale.of(75, 1_000)),
        atLeast(countFigure({ arm: 'control', ...missedTicks }, missed('control', CONTROL_TICKS)), 20),
      ],
      distributions: [
        distribution(
          { arm: 'subject', label: '1,000 agents move in each tick', name: 'lateness', unit: 'ms' },
          lateness('subject'),
        ),
        distribution(
          { arm: 'control', label: 'each tick also burns about 150 ms', name: 'lateness', unit: 'ms' },
          lateness('control'),
        ),
      ],
    };
  },
});
