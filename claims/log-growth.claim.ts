import { setTimeout as sleep } from 'node:timers/promises';
import { TICK_LOG_SLOTS } from '../spike/client/world-constants.ts';
import type { Condition } from './condition.ts';
import { claim } from './harness/claim.ts';
import { mean } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { of } from './harness/scale.ts';
import { round } from './harness/statistics.ts';
import { watchGrowth, type Growth } from './instruments/log-size.ts';
import { largePart, readingCost, smallPart, type ReadingCost } from './instruments/replay.ts';
import { newThinker, startThinkerProcess } from './instruments/thinkers.ts';

const TICKS = of(5, 60);
/** The world at rest needs more: its agents act in turn, and think now and then. */
const QUIET_TICKS = of(5, 200);
const LIVING = of(1_000, 10_000);
const ACTING = LIVING / 10;
const PERIOD_MS = 100;
const TICKS_PER_DAY = 864_000;
/** What a world of thirty may write in a tick, so that a disk of 100 GB lasts for a hundred days. */
const QUIET_BYTES = 1_000;
/** Calls for the log of small transactions. */
const CALLS = of(500, 60_000);
/** The shortest period that the world allows. */
const FAST_MS = 10;
/** What the log of large transactions holds, in each of which a thousand agents or more act. */
const BUSY_BYTES = of(2, 80) * 1e6;
/** The pinned host takes a snapshot after so many transactions, and reads the log from there. */
const SNAPSHOT_EVERY = 1_000_000;
const GIGABYTE = 1e9;

claim('log-growth', {
  set: 'durability',
  kind: 'measured',
  minutes: { quick: 3, full: 6 },
  starts: ['claims/instruments/thinker-process.ts'],
  why: 'The host writes every change to its log, deletes nothing from it, and reads it again at each start. So disk and restart time follow from what a tick writes.',
  method: `The size of the log is read before and after ticks of ${PERIOD_MS} ms: ${QUIET_TICKS} in the world as it is founded, with thirty inhabitants who act every ten seconds and a thinker that answers at once, and ${TICKS} each with all thirty acting in every tick; and with ${ACTING.toLocaleString('en')} and with ${LIVING.toLocaleString('en')} acting. Purses are full, so that traders trade, and the ring of the last ${TICK_LOG_SLOTS} ticks is full. How long the host takes to read the log again, it writes into its own log; that is compared before and after ${CALLS.toLocaleString('en')} calls that rewrite one row, and before and after ${BUSY_BYTES / 1e6} MB of ticks in which ${LIVING.toLocaleString('en')} agents act. From both follow the time for a transaction and for a byte. Days and restarts are extrapolated from these: a day has ${TICKS_PER_DAY.toLocaleString('en')} ticks, and the longest restart reads the ${SNAPSHOT_EVERY.toLocaleString('en')} transactions between two snapshots. The time to load a snapshot is not in it.`,
  control: `All ${LIVING.toLocaleString('en')} agents act: the log must then grow with them.`,
  figures: {
    quiet: mean('Log of a tick in the world as it is founded', 'bytes'),
    sleepers: mean(
      `Log of a tick in which ${ACTING.toLocaleString('en')} act of ${LIVING.toLocaleString('en')}, against one with those alone`,
      '×',
    ),
    replay: mean('Reading 100,000 small transactions', 's'),
    replayGigabyte: mean('Reading a gigabyte of large ones', 's'),
  },
  limits: ({ subject, control }) => [
    // The few ticks of a quick run may hold a burst of thoughts.
    subject.quiet.atMost(of(5, 1) * QUIET_BYTES),
    subject.sleepers.atMost(of(2, 1.5)),
    full(subject.replay.atMost(5)),
    full(subject.replayGigabyte.atMost(120)),
    control.sleepers.atLeast(5),
  ],
  headline: ({ subject }) => `${Math.round(subject.quiet.value)} bytes a tick at rest`,
  async run({ lab, subject, control, under }) {
    const thinker = await newThinker(lab);
    // It answers while the ring fills: a backlog of thoughts would count as the world's rest.
    const stopThinker = await startThinkerProcess(lab, thinker, 0, 4);
    await fillRing(lab);
    const quiet = await watchGrowth(lab, QUIET_TICKS);
    await stopThinker();
    const small = await smallPart(lab, CALLS);
    await lab.sql('UPDATE holding SET quantity = 1000000');
    await lab.call('set_tempo', PERIOD_MS, 1, 0);
    const thirty = await watchGrowth(lab, TICKS);
    const alone = await growWith(lab, ACTING, 1);
    const among = await growWith(lab, LIVING, LIVING / ACTING);
    const all = await growWith(lab, LIVING, 1);
    const large = await largePart(lab, BUSY_BYTES);
    subject.quiet.add(quiet.bytes);
    subject.sleepers.add(among.bytes / alone.bytes);
    control.sleepers.add(all.bytes / alone.bytes);
    subject.replay.add((small.seconds / small.transactions) * 100_000);
    subject.replayGigabyte.add((large.seconds / large.bytes) * GIGABYTE);
    const cost = readingCost(small, large);
    const acting = (count: number) => `${count.toLocaleString('en')} acting in every tick`;
    under(conditionOf('resting', '30 living, as founded, with a thinker', quiet, cost));
    under(conditionOf('30', acting(30), thirty, cost));
    under(conditionOf(String(ACTING), acting(ACTING), alone, cost));
    under(conditionOf(String(LIVING), acting(LIVING), all, cost));
  },
});

/** Lets ticks pass until each one also takes an old row out of `tick_log`. A quick run does not wait for that. */
async function fillRing(lab: Lab): Promise<void> {
  await lab.call('set_tempo', FAST_MS, 100, 4);
  while ((await lab.lastTick()) < of(0, TICK_LOG_SLOTS)) await sleep(200);
  await lab.call('set_tempo', PERIOD_MS, 100, 4);
}

/** @param every each agent acts once in so many ticks */
async function growWith(lab: Lab, living: number, every: number): Promise<Growth> {
  await lab.call('lab_populate', living);
  await lab.sql('UPDATE holding SET quantity = 1000000');
  await lab.call('set_tempo', PERIOD_MS, every, 0);
  return watchGrowth(lab, TICKS);
}

/** One line of the page's table. Hours, days and the restart are extrapolated. */
function conditionOf(name: string, label: string, tick: Growth, cost: ReadingCost): Condition {
  const day = tick.bytes * TICKS_PER_DAY;
  const ticks = SNAPSHOT_EVERY / tick.transactions;
  const restart = SNAPSHOT_EVERY * cost.transaction + ticks * tick.bytes * cost.byte;
  const figure = (key: string, label: string, unit: string, value: number) => ({
    name: key,
    label,
    unit,
    value: round(value),
  });
  return {
    name,
    label,
    figures: [
      figure('tick', 'Log of a tick', 'bytes', tick.bytes),
      figure('transactions', 'Transactions of a tick', 'transactions', tick.transactions),
      figure('hour', 'Log of an hour, extrapolated', 'MB', day / 24 / 1e6),
      figure('day', 'Log of a day, extrapolated', 'GB', day / GIGABYTE),
      figure('restart', 'Reading the longest log between two snapshots, extrapolated', 's', Math.max(0, restart)),
    ],
  };
}
