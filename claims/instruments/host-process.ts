import { readFileSync } from 'node:fs';
import { platform } from 'node:os';
import type { Host } from '../../spike/host/host.ts';
import { NotMeasured } from '../harness/not-measured.ts';

/** Kills the host itself, not its supervisor, with SIGKILL: nothing in it gets a last word. Waits until it is gone. */
export async function killHost(host: Host): Promise<void> {
  process.kill(processOf(host), 'SIGKILL');
  await host.ended;
}

/** What the host's process holds in memory, in MiB, as the kernel counts it. */
export function residentMiB(host: Host): number {
  const status = readFileSync(`/proc/${processOf(host)}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
}

/**
 * The id of what a supervisor runs.
 * @throws NotMeasured on an operating system without `/proc`
 * @throws Error when the host has ended
 */
export function processOf({ pid: supervisor }: Pick<Host, 'pid'>): number {
  if (platform() !== 'linux') throw new NotMeasured('this operating system does not tell which process is the host');
  return childOf(supervisor);
}

/**
 * The id of the first process that a process has started.
 * @throws Error when it has none
 */
export function childOf(parent: number): number {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8');
  const pid = Number(children.trim().split(' ')[0]);
  // A signal to 0 would reach this whole process group.
  if (pid < 1) throw new Error('the host has ended by itself');
  return pid;
}
