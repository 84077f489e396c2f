import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import type { Binary } from '../../spike/host/binary.ts';
import type { Host } from '../../spike/host/host.ts';
import { NotMeasured } from '../harness/not-measured.ts';
import { processOf } from './host-process.ts';

const ALLOWED = /^Cpus_allowed_list:\s+(\S+)$/m;

/**
 * The numbers of the first two cores that this process may use.
 * @throws NotMeasured when there are fewer, or the operating system cannot keep a process on one
 */
export function twoCores(): [number, number] {
  if (platform() !== 'linux') throw new NotMeasured('this operating system does not keep a process on one core');
  const [first, second] = coresIn(allowedTo('self'));
  if (first === undefined || second === undefined)
    throw new NotMeasured('this machine has one core, and two are needed');
  try {
    execFileSync('taskset', ['--version'], { stdio: 'pipe' });
  } catch {
    throw new NotMeasured('there is no taskset on this machine, which keeps a process on one core');
  }
  return [first, second];
}

/** Keeps every thread of a host on these cores from now on. */
export function keepOn(host: Host, cores: readonly number[]): void {
  execFileSync('taskset', ['-acp', cores.join(','), String(processOf(host))], { stdio: 'pipe' });
}

/** A host that starts on one core and stays there. @param room where a script for it goes */
export function startedOn(core: number, binary: Binary, room: string): Binary {
  const script = join(room, `host-on-core-${core}`);
  writeFileSync(script, `#!/bin/sh\nexec taskset -c ${core} '${binary.path}' "$@"\n`, { mode: 0o700 });
  return { ...binary, path: script };
}

/** How many threads of a host may run elsewhere. */
export function threadsOutside(host: Host, cores: readonly number[]): number {
  const pid = processOf(host);
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads.filter((thread) => coresIn(allowedTo(`${pid}/task/${thread}`)).some((core) => !cores.includes(core)))
    .length;
}

function allowedTo(task: string): string {
  return ALLOWED.exec(readFileSync(`/proc/${task}/status`, 'utf8'))?.[1] ?? '';
}

/** `0-2,5` are the cores 0, 1, 2 and 5. */
export function coresIn(list: string): number[] {
  return list.split(',').flatMap((range) => {
    const [from = NaN, to = from] = range.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}
