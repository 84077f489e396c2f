import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Binary } from '../../spike/host/binary.ts';
import type { Host } from '../../spike/host/host.ts';
import { NotMeasured } from '../harness/not-measured.ts';
import { childOf, processOf } from './host-process.ts';
import { readTrace, type Written } from './trace.ts';

const CALLS = 'openat,write,writev,pwrite64,pwritev,fsync,fdatasync,rename,renameat,renameat2';

/** A host whose system calls to files are traced, and whose syncs may be slowed down. It traces one run. */
export class TracedHost {
  readonly binary: Binary;
  readonly #world: string;
  readonly #trace: string;
  #sizes = new Map<string, number>();

  /**
   * @param room where the trace goes; not in the world's folder
   * @param delaySyncMs how long each sync waits before it begins
   */
  constructor(binary: Binary, world: string, room: string, delaySyncMs = 0) {
    this.#world = world;
    this.#trace = join(room, 'trace');
    const slow = delaySyncMs > 0 ? [`-e inject=fsync,fdatasync:delay_enter=${delaySyncMs * 1_000}`] : [];
    const strace = ['strace -f --seccomp-bpf -qq -y -s 0 -e signal=none', `-e trace=${CALLS}`, ...slow].join(' ');
    const script = join(room, 'traced-host');
    writeFileSync(script, `#!/bin/sh\nexec ${strace} -o '${this.#trace}' -- '${binary.path}' "$@"\n`, { mode: 0o700 });
    this.binary = { ...binary, path: script };
  }

  /** Call it before the start: what the world's files hold now is on the disk. */
  begin(): void {
    this.#sizes = new Map(filesIn(this.#world).map((path) => [path, statSync(path).size]));
  }

  /** Ends the host with SIGKILL. @returns what the disk would hold of each file of the world that it touched */
  async kill(host: Host): Promise<Map<string, Written>> {
    process.kill(childOf(processOf(host)), 'SIGKILL');
    await host.ended;
    const files = readTrace(readFileSync(this.#trace, 'utf8'), (path) => this.#sizes.get(path) ?? 0);
    // The index of a log is written through memory, which no trace shows and the host never waits for.
    for (const path of filesIn(this.#world)) {
      if (!files.has(path) && !this.#sizes.has(path)) files.set(path, { length: statSync(path).size, synced: [0] });
    }
    return new Map([...files].filter(([path]) => path.startsWith(this.#world) && existsSync(path)));
  }
}

/**
 * Cuts files off at what was on the disk: what was written later is gone.
 * @param lied how many of the last syncs had only pretended
 */
export function cutPower(written: Map<string, Written>, isLost: (path: string) => boolean, lied = 0): void {
  for (const [path, { synced }] of written) {
    if (!isLost(path)) continue;
    const length = synced[Math.max(0, synced.length - 1 - lied)] ?? 0;
    truncateSync(path, Math.min(statSync(path).size, length));
  }
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

/** @throws NotMeasured with the reason */
export function requireStrace(): void {
  try {
    execFileSync('strace', ['-f', '--seccomp-bpf', '-qq', '-o', '/dev/null', 'true'], { stdio: 'pipe' });
  } catch (error) {
    throw new NotMeasured(`strace does not run on this machine: ${(error as Error).message.split('\n')[0]}`);
  }
}
