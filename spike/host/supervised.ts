import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const SUPERVISOR = fileURLToPath(new URL('supervisor.ts', import.meta.url));

export interface Supervised {
  readonly pid: number;
  /** Settles with the exit code when the program has ended, stopped or not; after a signal with 128 and its number. */
  readonly ended: Promise<number>;
  /** Ends the program after its grace time and waits until it is gone. May be called twice. */
  stop(): Promise<void>;
  /** Ends the program at once. Does nothing if it has ended. */
  kill(): Promise<void>;
}

/**
 * Starts a program that ends when this process does, even if this process is killed. Both of its outputs go to `log`.
 * It gets its own process group, so Ctrl-C in a terminal reaches only this process, which stops things in order.
 * @param graceMs how long to wait before the program is ended
 */
export function supervise(program: string, args: string[], log: string, graceMs = 0): Supervised {
  const sink = openSync(log, 'a', 0o600);
  const child = spawn(process.execPath, ['--no-warnings', SUPERVISOR, String(graceMs), program, ...args], {
    stdio: ['pipe', sink, sink],
    detached: true,
  });
  closeSync(sink);
  // Without a listener it would end this process; what could not be started is reported below.
  child.on('error', () => {});
  const { pid } = child;
  if (pid === undefined) throw new Error(`cannot start a supervisor for ${program}`);
  const ended = new Promise<number>((resolve) => {
    child.once('exit', (code, signal) => {
      endGroup(pid);
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
  const { stdin } = child;
  stdin?.on('error', () => {}); // The supervisor may end before its input is closed.
  return {
    pid,
    ended,
    async stop() {
      stdin?.end();
      await ended;
    },
    async kill() {
      // The end of the supervisor ends its group.
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A supervisor that was killed leaves its program running, which would keep the port and the data of the next one. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}

/** The last lines of a log, for an error message. */
export function tail(log: string, lines = 3): string {
  return readFileSync(log, 'utf8').trim().split('\n').slice(-lines).join('\n');
}
