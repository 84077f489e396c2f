import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Magic number, version of the format, algorithm of the checksum, and two bytes of reserve. */
const SEGMENT_HEADER = 10;
/** First transaction (8 bytes), epoch (8), number of transactions (2), length of what follows (4). */
const COMMIT_HEADER = 22;
const CHECKSUM = 4;

/** One entry of a log: the pinned host writes one transaction into each. */
export interface Commit {
  /** Where it begins in its segment, in bytes. */
  at: number;
  /** Its length as it states it, header and checksum included. */
  bytes: number;
  /** Number of its first transaction in the whole log. */
  first: number;
  transactions: number;
}

/** A segment of the pinned host's log, open for reading. It reads the headers of commits and checks no checksum. */
export class Segment {
  readonly size: number;
  readonly #file: number;
  readonly #header = Buffer.alloc(COMMIT_HEADER);

  /** @see https://github.com/clockworklabs/SpacetimeDB/blob/v1.2.0/crates/commitlog/src/commit.rs */
  constructor(path: string) {
    this.#file = openSync(path, 'r');
    this.size = fstatSync(this.#file).size;
  }

  close(): void {
    closeSync(this.#file);
  }

  /** What the bytes there say if a commit begins there; nothing where too few of them are left. */
  headerAt(at: number): Commit | undefined {
    if (at + COMMIT_HEADER > this.size) return undefined;
    readSync(this.#file, this.#header, 0, COMMIT_HEADER, at);
    const bytes = COMMIT_HEADER + this.#header.readUInt32LE(18) + CHECKSUM;
    return { at, bytes, first: Number(this.#header.readBigUInt64LE(0)), transactions: this.#header.readUInt16LE(16) };
  }

  /** The commits from the beginning that are there as long as they say, each with the number that its place calls for. */
  *commits(): Generator<Commit, void> {
    let expected: number | undefined;
    for (let at = SEGMENT_HEADER; ;) {
      const commit = this.headerAt(at);
      if (!commit || at + commit.bytes > this.size) return;
      if (expected !== undefined && commit.first !== expected) return;
      yield commit;
      expected = commit.first + commit.transactions;
      at += commit.bytes;
    }
  }

  /** Up to so many bytes from there. */
  read(at: number, bytes: number): Buffer {
    const buffer = Buffer.alloc(Math.max(0, Math.min(bytes, this.size - at)));
    readSync(this.#file, buffer, 0, buffer.length, at);
    return buffer;
  }
}
