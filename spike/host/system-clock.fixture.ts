import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import type { Binary } from './binary.ts';

const FOLDERS = '/usr/lib';
/** The variant for programs with threads, as Debian's package `libfaketime` installs it. */
const LIBRARY = 'faketime/libfaketimeMT.so.1';

/** The library that can give one program another system clock, where it is installed. */
export function findFakeTime(): string | undefined {
  if (platform() !== 'linux') return undefined;
  return readdirSync(FOLDERS)
    .map((name) => join(FOLDERS, name, LIBRARY))
    .find((file) => existsSync(file));
}

/**
 * A system clock that one host reads and a test can set. Its timers stay true, as they do when somebody sets a real
 * clock: `CLOCK_MONOTONIC` is not touched. Nothing else on the machine notices.
 */
export class SystemClock {
  readonly #file: string;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#file = join(folder, 'system-clock');
    this.set(0);
  }

  /** Sets the clock to so many seconds after the machine's own, or before it. */
  set(seconds: number): void {
    // Replaced in one step, because the host reads the file whenever it asks for the time.
    writeFileSync(`${this.#file}.new`, `${seconds < 0 ? '' : '+'}${seconds}\n`);
    renameSync(`${this.#file}.new`, this.#file);
  }

  /** The same host, on this clock. */
  seenBy(binary: Binary, library: string): Binary {
    const path = join(this.#folder, 'host-on-another-clock');
    const variables = {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
    const set = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'`);
    writeFileSync(path, ['#!/bin/sh', ...set, `exec '${binary.path}' "$@"`, ''].join('\n'), { mode: 0o755 });
    return { ...binary, path };
  }
}
