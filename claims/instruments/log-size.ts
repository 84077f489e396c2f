import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab } from '../harness/lab.ts';
import { commitsOf, newestSegment, segmentsOf } from './data-folder.ts';

/** What the log gained in each tick of a while. */
export interface Growth {
  bytes: number;
  transactions: number;
}

/** How long the log of a world is. The host hands each transaction to the system at once, synced or not. */
export interface LogSize {
  bytes: number;
  transactions: number;
}

export function logSizeOf(world: string): LogSize {
  const bytes = segmentsOf(world).reduce((sum, path) => sum + statSync(path).size, 0);
  const last = commitsOf(newestSegment(world)).at(-1);
  return { bytes, transactions: last ? last.first + last.transactions : 0 };
}

/** Watches the log from one tick to another, so many later. What counts is the ticks that ran, not those that were skipped. */
export async function watchGrowth(lab: Lab, ticks: number): Promise<Growth> {
  const [from, before] = [await nextTick(lab), logSizeOf(lab.folder)];
  while ((await ranIn(lab)) < from + ticks - 1) await sleep(50);
  const [to, after] = [await nextTick(lab), logSizeOf(lab.folder)];
  return {
    bytes: (after.bytes - before.bytes) / (to - from),
    transactions: (after.transactions - before.transactions) / (to - from),
  };
}

/** Waits for a tick, so that each count begins at the same moment between two. @returns how many have run */
async function nextTick(lab: Lab): Promise<number> {
  const last = await ranIn(lab);
  for (let now = last; ; now = await ranIn(lab)) {
    if (now > last) return now;
    await sleep(5);
  }
}

/** Skipped ticks have numbers too. */
async function ranIn(lab: Lab): Promise<number> {
  const [clock] = await lab.sql('SELECT * FROM clock');
  return Number(clock?.['tick']) - Number(clock?.['skipped']);
}
