import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Pulse } from '../provenance.ts';
import { quantileOf, round } from './statistics.ts';

const PROCESS = fileURLToPath(new URL('heartbeat-process.ts', import.meta.url));

/**
 * Watches the machine from outside the host: a timer that should fire every 10 ms fires late when something else takes
 * the cores.
 */
export function startHeartbeat(): { stop(): Promise<Pulse> } {
  const { child, pulse } = beat();
  return {
    stop() {
      child.stdin.end();
      return pulse;
    },
  };
}

/**
 * The pulse of a machine on which nothing of ours runs: load that the experiment did not cause.
 * @param forMs from the first beat: on a busy machine the process itself may take that long to start
 */
export function idlePulse(forMs: number): Promise<Pulse> {
  return beat(String(forMs)).pulse;
}

function beat(...args: string[]): { child: ChildProcessByStdio<Writable, Readable, null>; pulse: Promise<Pulse> } {
  const child = spawn(process.execPath, [PROCESS, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const pulse = text(child.stdout).then((said) => {
    const delays = JSON.parse(said) as number[];
    return { p99Ms: round(quantileOf(delays, 0.99)), maxMs: round(quantileOf(delays, 1)) };
  });
  return { child, pulse };
}
