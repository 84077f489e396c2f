import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Lets a child clean up before this process ends: Ctrl-C reaches both from the terminal, and whatever else asks this
 * process to end is sent on as the same.
 */
export function endWith(child: ChildProcess): void {
  let asked: NodeJS.Signals | undefined;
  const listen = (signal: NodeJS.Signals) => {
    asked = signal;
    if (signal !== 'SIGINT') child.kill('SIGINT');
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, listen);
  child.once('close', () => {
    for (const signal of signals) process.off(signal, listen);
    if (asked) process.exit(128 + constants.signals[asked]);
  });
}
