import { claim } from './harness/claim.ts';
import { count, mean, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';

const AGENTS = 1_000;
const BURN_MS = 150;
const CONTROL_TICKS = 60;

claim('tick-cadence', {
  kind: 'measured',
  minutes: { quick: 3, full: 6 },
  why: 'A world that misses its ticks is not alive. Everything else in the record assumes a clock that keeps its time.',
  method:
    'A lab world of 1,000 agents, all of whom move in every tick of 100 ms. The world itself records when each tick was due and when it ran; lateness is the difference. The first 20 ticks of each round are thrown away.',
  control:
    'Every tick also burns about 150 ms of computation, calibrated in the same run: longer than the period, so ticks must be missed.',
  figures: {
    lateness: samples('Lateness', 'ms', {
      subject: '1,000 agents move in each tick',
      control: 'each tick also burns about 150 ms',
    }),
    missed: count('Ticks missed', 'ticks'),
    firstTick: mean('Publish to first tick', 'ms'),
    ticks: count('Ticks that ran', 'ticks'),
  },
  limits: ({ subject, control }, scale) => [
    full(subject.lateness.p99.atMost(10)),
    full(subject.missed.exactly(0)),
    full(subject.firstTick.atMost(2_000)),
    // A quick run may miss some on a busy machine.
    subject.ticks.atLeast(scale.of(75, 1_000)),
    control.missed.atLeast(20),
  ],
  async run({ lab, scale, subject, control }) {
    await lab.everybodyActs(AGENTS);
    subject.firstTick.add(lab.firstTickMs);
    const burn = await lab.iterationsFor(BURN_MS);
    const watch = async (arm: typeof subject, ticks: number) => {
      const watched = await lab.watchTicks(ticks);
      arm.lateness.add(...watched.map(({ latenessMs }) => latenessMs));
      arm.ticks.add(watched.length);
      arm.missed.add(ticks - watched.length);
    };
    await scale.each(async () => {
      await watch(subject, scale.of(50, 350));
      await lab.call('lab_spin_in_tick', burn);
      await watch(control, CONTROL_TICKS);
      await lab.call('lab_spin_in_tick', 0);
    });
  },
});
