import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Lets a child clean up before this process ends. Ctrl-C reaches both from the terminal; any other signal that asks this
 * process to end is passed on to the child as an interrupt.
 * @param farewell runs between the end of the child and that of this process
 */
export function endWith(child: ChildProcess, farewell?: () => void): void {
  let asked: NodeJS.Signals | undefined;
  const listen = (signal: NodeJS.Signals) => {
    asked = signal;
    if (signal !== 'SIGINT') child.kill('SIGINT');
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, listen);
  child.once('close', () => {
    for (const signal of signals) process.off(signal, listen);
    if (!asked) return;
    farewell?.();
    process.exit(128 + constants.signals[asked]);
  });
}
