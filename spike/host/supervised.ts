import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SUPERVISOR = fileURLToPath(new URL('supervisor.ts', import.meta.url));

export interface Supervised {
  readonly pid: number;
  /** Settles with the exit code when the program has ended, stopped or not. */
  readonly ended: Promise<number>;
  /** Ends the program after its grace time and waits until it is gone. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts a program that ends when this process does, even if this process is killed. Both of its outputs go to `log`.
 * It gets its own process group, so Ctrl-C in a terminal reaches only this process, which stops things in order.
 * @param graceMs how long to wait before the program is ended
 */
export function supervise(program: string, args: string[], log: string, graceMs = 0): Supervised {
  const sink = openSync(log, 'a');
  const child = spawn(process.execPath, ['--no-warnings', SUPERVISOR, String(graceMs), program, ...args], {
    stdio: ['pipe', sink, sink],
    detached: true,
  });
  closeSync(sink);
  if (child.pid === undefined) throw new Error(`cannot start a supervisor for ${program}`);
  const ended = once(child, 'exit').then(([code]) => (code as number | null) ?? 1);
  const { stdin } = child;
  stdin?.on('error', () => {}); // The supervisor may end before its input is closed.
  return {
    pid: child.pid,
    ended,
    async stop() {
      stdin?.end();
      await ended;
    },
  };
}

/** The last lines of a log, for an error message. */
export function tail(log: string, lines = 3): string {
  return readFileSync(log, 'utf8').trim().split('\n').slice(-lines).join('\n');
}
