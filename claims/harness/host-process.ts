import { existsSync, readFileSync } from 'node:fs';
import type { Host } from '../../spike/host/host.ts';
import { NotMeasured } from './claim.ts';

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

/** The id of what a supervisor runs. @throws NotMeasured on an operating system without `/proc` */
export function processOf({ pid: supervisor }: Pick<Host, 'pid'>): number {
  const children = `/proc/${supervisor}/task/${supervisor}/children`;
  if (!existsSync(children)) throw new NotMeasured('this operating system does not tell which process is the host');
  return Number(readFileSync(children, 'utf8').trim().split(' ')[0]);
}
