import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { NotMeasured } from '../harness/not-measured.ts';

const LISTEN = '0A';
const ESTABLISHED = '01';

/** Ports that a process listens on. @throws NotMeasured on an operating system without `/proc` */
export const listening = (pid: number): number[] => ports(pid, LISTEN, 'local');

/** Ports of others that a process is connected to. @throws NotMeasured on an operating system without `/proc` */
export const connected = (pid: number): number[] => ports(pid, ESTABLISHED, 'remote');

function ports(pid: number, state: string, end: 'local' | 'remote'): number[] {
  if (!existsSync(`/proc/${pid}/fd`))
    throw new NotMeasured('this operating system does not list the sockets of a process');
  const own = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => inodeOf(`/proc/${pid}/fd/${fd}`)));
  const found = ['tcp', 'tcp6'].flatMap((family) =>
    readFileSync(`/proc/${pid}/net/${family}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => columns[3] === state && own.has(columns[9] ?? ''))
      .map((columns) => Number.parseInt((columns[end === 'local' ? 1 : 2] ?? '').split(':')[1] ?? '', 16)),
  );
  return [...new Set(found)];
}

/** A descriptor may be closed while the list is read. */
function inodeOf(fd: string): string {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(fd))?.[1] ?? 'none';
  } catch {
    return 'none';
  }
}
