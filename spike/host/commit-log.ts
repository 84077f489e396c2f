import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';

const SEGMENT = '.stdb.log';
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

/** The segments of each database's log, the oldest first. */
export function segmentsIn(data: string): string[][] {
  const replicas = join(data, 'replicas');
  if (!existsSync(replicas)) return [];
  return readdirSync(replicas)
    .map((replica) => join(replicas, replica, 'clog'))
    .filter((log) => existsSync(log))
    .map((log) =>
      readdirSync(log)
        .filter((name) => name.endsWith(SEGMENT))
        .sort()
        .map((name) => join(log, name)),
    );
}

/**
 * What `read` finds in the newest segment of each database's log. The host appends only to that one, and only there can
 * damage go unnoticed.
 */
export function readNewest<Found>(data: string, read: (segment: Segment) => Found | undefined): Found[] {
  return segmentsIn(data).flatMap((segments) => {
    const newest = segments.at(-1);
    if (!newest) return [];
    const segment = new Segment(newest);
    try {
      const found = read(segment);
      return found === undefined ? [] : [found];
    } finally {
      segment.close();
    }
  });
}

/** A segment of the pinned host's log, open for reading. It reads the headers of commits and checks no checksum. */
export class Segment {
  readonly path: string;
  readonly size: number;
  readonly #file: number;
  readonly #header = Buffer.alloc(COMMIT_HEADER);

  /** @see https://github.com/clockworklabs/SpacetimeDB/blob/v1.2.0/crates/commitlog/src/commit.rs */
  constructor(path: string) {
    this.path = path;
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

  /** Where the whole commits end, in bytes, and the number that the next transaction must have. */
  end(): { at: number; next: number } {
    // A segment is named after its first transaction.
    let [at, next] = [SEGMENT_HEADER, Number.parseInt(basename(this.path), 10)];
    for (const commit of this.commits()) [at, next] = [commit.at + commit.bytes, commit.first + commit.transactions];
    return { at, next };
  }

  /** Up to so many bytes from there. */
  read(at: number, bytes: number): Buffer {
    const buffer = Buffer.alloc(Math.max(0, Math.min(bytes, this.size - at)));
    readSync(this.#file, buffer, 0, buffer.length, at);
    return buffer;
  }
}
