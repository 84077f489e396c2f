import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { quantileOf, round } from './statistics.ts';

const PROCESS = fileURLToPath(new URL('heartbeat-process.ts', import.meta.url));

export interface Pulse {
  p99Ms: number;
  maxMs: number;
}

/**
 * Watches the machine from outside the host: a timer that should fire every 10 ms fires late when something else takes
 * the cores. It tells an overloaded machine from a slow world.
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
