import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, rmdirSync, statfsSync, writeSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';

const PAGE = Buffer.alloc(4_096);

/** A small file system in memory, which a test can fill. */
export class SmallDisk {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Mounts a disk of so many megabytes.
   * @throws Error with the reason why this machine or this user may not
   */
  static mount(megabytes: number): SmallDisk {
    if (platform() !== 'linux' || process.getuid?.() !== 0)
      throw new Error('only root on Linux may mount a small disk');
    const folder = mkdtempSync(join(tmpdir(), 'spellkave-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', folder], { stdio: 'pipe' });
    } catch (error) {
      rmdirSync(folder);
      throw new Error(`this machine mounts no tmpfs: ${(error as Error).message}`, { cause: error });
    }
    return new SmallDisk(folder);
  }

  /** Bytes that are free. */
  get free(): number {
    const { bavail, bsize } = statfsSync(this.folder);
    return bavail * bsize;
  }

  /** Writes until so many bytes are free. */
  fillTo(bytes: number): void {
    const file = openSync(join(this.folder, 'filling'), 'a');
    try {
      while (this.free > bytes) writeSync(file, PAGE);
    } finally {
      closeSync(file);
    }
  }

  /** Takes the filling away. */
  clear(): void {
    rmSync(join(this.folder, 'filling'), { force: true });
  }

  unmount(): void {
    execFileSync('umount', ['--lazy', this.folder]);
    rmdirSync(this.folder);
  }
}
