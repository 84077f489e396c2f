import { readdirSync, readFileSync } from 'node:fs';
import { platform } from 'node:os';
import { NotMeasured } from '../harness/not-measured.ts';

/** The kernel counts in hundredths of a second on every Linux that Node runs on. */
const TICK_MS = 10;

/**
 * Milliseconds of processor time that processes and their children have used, ended children included.
 * @throws NotMeasured on an operating system without `/proc`
 */
export function processorMs(...pids: number[]): number {
  if (platform() !== 'linux') throw new NotMeasured('this operating system does not tell what a process has used');
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)));
  return all
    .filter(({ pid, parent }) => pids.includes(pid) || pids.includes(parent))
    .reduce((sum, { ms }) => sum + ms, 0);
}

/** Bytes that a process has read so far, from sockets too. */
export function bytesRead(pid: number): number {
  return Number(/^rchar: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);
}

function statOf(pid: number): { pid: number; parent: number; ms: number }[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const used = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0);
    return [{ pid, parent: Number(fields[1]), ms: used * TICK_MS }];
  } catch {
    // It ended while we looked.
    return [];
  }
}
