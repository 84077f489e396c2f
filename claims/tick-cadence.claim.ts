import { claim } from './harness/claim.ts';
import { count, mean, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import { of } from './harness/scale.ts';
import { Watchers } from './instruments/watchers.ts';

const LIVING = 10_000;
const ACTING = 1_000;
const PERIOD_MS = 100;
const WATCHERS = 10;
const BURN_MS = 150;
const CONTROL_TICKS = of(24, 60);

claim('tick-cadence', {
  kind: 'measured',
  minutes: { quick: 3, full: 6 },
  quickRounds: 1,
  starts: ['claims/instruments/watcher-process.ts'],
  why: 'A world that misses its ticks is not alive. Everything else in the record assumes a clock that keeps time.',
  method:
    'In a lab world of 10,000 agents, 1,000 act in every tick of 100 ms: one third patrols, one third trades and one third wanders, nearly the shares of a founded world without those who rest. Purses and stalls are full, so that trade goes on. Ten watchers of everything, all in one process next to the host, decode every change. The world itself records when each tick was due and when it ran; lateness is the difference. The first 20 ticks of each round are discarded.',
  control:
    'Every tick also computes for about 150 ms, calibrated in the same run. That exceeds the period, so ticks must be missed.',
  figures: {
    lateness: samples('Lateness', 'ms', {
      subject: '1,000 act, 10 watch everything',
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
    subject.ticks.atLeast(scale.of(38, 1_000)),
    control.missed.atLeast(scale.of(8, 20)),
  ],
  async run({ lab, scale, subject, control }) {
    await lab.call('lab_populate', LIVING);
    await lab.sql('UPDATE holding SET quantity = 1000000');
    await lab.call('set_tempo', PERIOD_MS, LIVING / ACTING, 0);
    subject.firstTick.add(lab.firstTickMs);
    const burn = await lab.iterationsFor(BURN_MS);
    const watch = async (arm: typeof subject, ticks: number) => {
      const watched = await lab.watchTicks(ticks);
      arm.lateness.add(...watched.map(({ latenessMs }) => latenessMs));
      arm.ticks.add(watched.length);
      arm.missed.add(ticks - watched.length);
    };
    const audience = await Watchers.start(lab.host, lab.database, WATCHERS, ['SELECT * FROM agent']);
    try {
      await scale.each(async () => {
        await watch(subject, scale.of(50, 350));
        await lab.call('lab_spin_in_tick', burn);
        await watch(control, CONTROL_TICKS);
        await lab.call('lab_spin_in_tick', 0);
      });
    } finally {
      await audience.stop();
    }
  },
});
