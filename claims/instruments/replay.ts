import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab } from '../harness/lab.ts';
import { of } from '../harness/scale.ts';
import { logSizeOf, type LogSize } from './log-size.ts';

/** Calls under way at a time. */
const AT_ONCE = 16;
/** Readings of each length of the log. The fastest one counts, because other work can only slow one down. */
const RESTARTS = of(1, 2);
/** The shortest period that the world allows, so that the large transactions come soon. */
const FAST_MS = 10;

/** A part of a log, and how long the host takes to read it. */
export interface Part extends LogSize {
  seconds: number;
}

/** What reading a log costs, in seconds. */
export interface ReadingCost {
  transaction: number;
  byte: number;
}

/** Adds so many transactions that rewrite one row, while the clock stands still. */
export function smallPart(lab: Lab, calls: number): Promise<Part> {
  let left = calls;
  const work = async () => {
    while (left-- > 0) await lab.call('set_tempo', 100, 100, 0);
  };
  return timed(lab, () => Promise.all(Array.from({ length: AT_ONCE }, work)));
}

/** Adds ticks in which everybody acts, until the log has so many bytes more. */
export function largePart(lab: Lab, bytes: number): Promise<Part> {
  return timed(lab, async () => {
    await lab.call('set_tempo', FAST_MS, 1, 0);
    await lab.call('resume_clock');
    for (const end = logSizeOf(lab.folder).bytes + bytes; logSizeOf(lab.folder).bytes < end;) await sleep(200);
    await lab.call('pause_clock');
  });
}

/** The cost of a transaction and of a byte that explains both parts. */
export function readingCost(small: Part, large: Part): ReadingCost {
  const determinant = small.transactions * large.bytes - large.transactions * small.bytes;
  const transaction = (small.seconds * large.bytes - large.seconds * small.bytes) / determinant;
  const byte = (small.transactions * large.seconds - large.transactions * small.seconds) / determinant;
  return { transaction, byte };
}

/** The clock stands still before and after. */
async function timed(lab: Lab, add: () => Promise<unknown>): Promise<Part> {
  await lab.call('pause_clock');
  const [before, secondsBefore] = [logSizeOf(lab.folder), await replaySeconds(lab)];
  await add();
  const [after, secondsAfter] = [logSizeOf(lab.folder), await replaySeconds(lab)];
  await lab.call('resume_clock');
  return {
    transactions: after.transactions - before.transactions,
    bytes: after.bytes - before.bytes,
    seconds: secondsAfter - secondsBefore,
  };
}

async function replaySeconds(lab: Lab): Promise<number> {
  const times: number[] = [];
  for (let restart = 0; restart < RESTARTS; restart++) {
    await lab.restart();
    times.push(lastReplay(readFileSync(lab.host.log, 'utf8')));
  }
  return Math.min(...times);
}

const LINE = /^\S*?(\d{4}-\d\d-\d\dT[\d:.]+Z).* DATABASE: (applying transaction history|rebuilt state after replay)/gm;

/**
 * Seconds from when the host last began to read a log until it had rebuilt its tables, by the host's own log.
 * @throws Error when the log tells of no whole reading
 */
function lastReplay(log: string): number {
  const [began, ended] = [...log.matchAll(LINE)].slice(-2);
  if (!began?.[2]?.startsWith('applying') || !ended?.[2]?.startsWith('rebuilt'))
    throw new Error('the host log names no beginning and end of a replay: look at the level of its log');
  return (Date.parse(ended[1] ?? '') - Date.parse(began[1] ?? '')) / 1_000;
}
