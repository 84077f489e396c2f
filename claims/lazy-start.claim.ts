import { setTimeout as sleep } from 'node:timers/promises';
import { claim } from './harness/claim.ts';
import { count, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import { of } from './harness/scale.ts';
import { ReducerTimes } from './instruments/reducer-times.ts';

/** The sentence says so. It is counted from before the host's process is there, so it includes the start of the host. */
const FIRST_TICK_MS = 2_000;
const PERIOD_MS = 100;
const STARTS = 2;
const WAIT_MS = of(1_000, 5_000);

claim('lazy-start', {
  kind: 'measured',
  minutes: { quick: 3, full: 4 },
  quickRounds: 1,
  why: 'The pinned host starts a database at the first request that touches it. Without that request the world stands still while nobody watches.',
  method:
    'The host of a running world is stopped cleanly and restarted several times, each time with one request to its database, as `npm start` makes one. Then nothing touches the database for a while; only the host’s metrics are read, which do not wake it. At the end, one query reads what the clock recorded. The time to the first tick counts from the moment before the host’s process starts.',
  control: 'The same restarts without that request: until the final query, no tick may run.',
  figures: {
    firstTick: samples('Start of the host to first tick', 'ms'),
    unseen: count(`Ticks in ${WAIT_MS / 1_000} s without a visitor`, 'ticks'),
  },
  limits: ({ subject, control }, { rounds }) => [
    full(subject.firstTick.max.atMost(FIRST_TICK_MS)),
    // Half of what the clock owes: a tick or two may be skipped while the host comes up.
    subject.unseen.atLeast((rounds * STARTS * WAIT_MS) / PERIOD_MS / 2),
    control.unseen.exactly(0),
  ],
  headline: ({ subject }) =>
    `first tick after ${Math.round(subject.firstTick.max.value)} ms of ${FIRST_TICK_MS} ms, at worst`,
  async run({ lab, scale, subject, control, tally }) {
    /** @returns when the first tick ran, in milliseconds from the start of the host */
    const restartAndWait = async (arm: typeof subject, databases: string[]) => {
      const startedMs = await lab.restart((host) => host.stop(), databases);
      const times = await ReducerTimes.of(lab.host.api, lab.database);
      await sleep(WAIT_MS);
      const { runs: ticks } = await times.spent('tick');
      arm.unseen.add(ticks);
      if (databases.length > 0) tally('subject', 'started with the request', { ticks });
      else tally('control', 'started without it', { ticks });
      const first = (await lab.ticks()).find((tick) => tick.startedMs > startedMs);
      arm.firstTick.add((first?.startedMs ?? Date.now()) - startedMs);
    };
    await scale.each(async () => {
      for (let start = 0; start < STARTS; start++) await restartAndWait(subject, [lab.database]);
      await restartAndWait(control, []);
    });
  },
});
