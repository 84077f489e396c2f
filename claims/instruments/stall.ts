import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab } from '../harness/lab.ts';

/**
 * How long another call waits for a reducer that computes, as a percentage of the computation.
 * @param iterations that take about `spinMs`
 * @param retentionMs what the world has already: the other call changes nothing
 */
export async function waitOfAnother(
  lab: Lab,
  iterations: number,
  spinMs: number,
  retentionMs: number,
): Promise<number> {
  const started = performance.now();
  const spin = lab.call('lab_spin', iterations).then(() => performance.now() - started);
  // By then the host has begun to compute.
  await sleep(spinMs / 20);
  const asked = performance.now();
  await lab.call('set_retention', retentionMs);
  const waited = performance.now() - asked;
  const spent = await spin;
  return (waited / (spent - (asked - started))) * 100;
}
