import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Pulse } from '../evidence.ts';
import { quantileOf, round } from './statistics.ts';

const PROCESS = fileURLToPath(new URL('heartbeat-process.ts', import.meta.url));

/**
 * Watches the machine from outside the host: a timer that should fire every 10 ms fires late when something else takes
 * the cores.
 */
export function startHeartbeat(): { stop(): Promise<Pulse> } {
  const child = spawn(process.execPath, [PROCESS], { stdio: ['pipe', 'pipe', 'inherit'] });
  const said = text(child.stdout);
  return {
    async stop() {
      child.stdin.end();
      await once(child, 'exit');
      const delays = JSON.parse(await said) as number[];
      return { p99Ms: round(quantileOf(delays, 0.99)), maxMs: round(quantileOf(delays, 1)) };
    },
  };
}

/** The pulse of a machine on which nothing of ours runs: load that the experiment did not cause. */
export async function idlePulse(forMs: number): Promise<Pulse> {
  const heartbeat = startHeartbeat();
  await sleep(forMs);
  return heartbeat.stop();
}
