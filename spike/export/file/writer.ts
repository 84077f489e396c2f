import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync, writeSync } from 'node:fs';
import type { z } from 'zod';
import { FORMAT, VERSION, type End, type Header } from './header.ts';
import type { TableName, WrittenRow } from './rows.ts';

/** Bytes that are written at once. */
const CHUNK = 1 << 16;

/** What a finished export holds. */
export interface Written {
  bytes: number;
  rows: Record<string, number>;
}

/**
 * Writes an export, readable by its user alone: it holds what minds were told. The file appears under its name when it
 * is complete and on the disk, and never in the place of another.
 */
export class ExportWriter {
  readonly #file: string;
  readonly #part: string;
  readonly #descriptor: number;
  readonly #hash = createHash('sha256');
  readonly #rows: Record<string, number> = {};
  #waiting: string[] = [];
  #length = 0;
  #bytes = 0;
  #isClosed = false;

  /** @throws Error when the file is there already, or the folder takes none */
  constructor(file: string) {
    this.#file = file;
    this.#part = `${file}.part`;
    if (existsSync(file)) throw taken(file);
    try {
      this.#descriptor = openSync(this.#part, 'wx', 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(file, error);
      throw new Error(
        `${this.#part} exists: another export writes it, or one was killed. If none runs, remove that file.`,
        { cause: error },
      );
    }
  }

  begin(header: Omit<z.input<typeof Header>, 'format' | 'version'>): void {
    this.#write({ format: FORMAT, version: VERSION, ...header });
  }

  add<Table extends TableName>(table: Table, row: WrittenRow<Table>): void {
    this.#rows[table] = (this.#rows[table] ?? 0) + 1;
    this.#write({ table, row });
  }

  /** @throws Error when the disk is full, or somebody made a file of that name meanwhile */
  finish(): Written {
    this.#flush();
    const end: End = { end: FORMAT, rows: this.#rows, sha256: this.#hash.digest('hex') };
    try {
      this.#bytes += writeSync(this.#descriptor, `${JSON.stringify(end)}\n`);
      fsyncSync(this.#descriptor);
      // Unlike a rename, a link does not replace a file.
      linkSync(this.#part, this.#file);
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? taken(this.#file) : unwritable(this.#file, error);
    }
    this.discard();
    return { bytes: this.#bytes, rows: this.#rows };
  }

  /** Removes what was written so far; a finished file stays. */
  discard(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    closeSync(this.#descriptor);
    rmSync(this.#part, { force: true });
  }

  #write(line: unknown): void {
    const text = `${JSON.stringify(line)}\n`;
    this.#waiting.push(text);
    this.#length += text.length;
    if (this.#length >= CHUNK) this.#flush();
  }

  #flush(): void {
    const bytes = Buffer.from(this.#waiting.join(''));
    this.#waiting = [];
    this.#length = 0;
    this.#hash.update(bytes);
    try {
      for (let written = 0; written < bytes.length;) written += writeSync(this.#descriptor, bytes, written);
    } catch (error) {
      throw unwritable(this.#file, error);
    }
    this.#bytes += bytes.length;
  }
}

function taken(file: string): Error {
  return new Error(`${file} exists, and an export replaces no file: name another one, or move this one away.`);
}

function unwritable(file: string, error: unknown): Error {
  return new Error(
    `${file} cannot be written: ${(error as Error).message}. Name a file in a folder where you may write, with room for it.`,
    {
      cause: error,
    },
  );
}
