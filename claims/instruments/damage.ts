import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import type { Commit } from '../../spike/host/commit-log.ts';

const PAGE = 4_096;

/** What happens to a file, at a byte of it. */
export interface Damage {
  /** Cut off from there; one bit flipped; or the page around it full of zeros, as one that never reached the disk. */
  kind: 'cut' | 'flip' | 'zeros';
  at: number;
  /** The bit that is flipped, 0 to 7. */
  bit: number;
}

/** Numbers between 0 and 1 that follow from a seed: the generator mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Where a commit says how long it is: four bytes, least first. */
const LENGTH_AT = 18;

/** Of a commit before its records. */
const HEADER = 22;

/**
 * A kind of damage that may strike anywhere in a log, or one that strikes the header of a commit: its stated length, or a
 * cut within it. Headers are a small part of the log, so only a few of the others would hit one.
 */
export type Strike = Damage['kind'] | 'length' | 'header';

/** Damage of a kind, at a random place of a log's segment. */
export function strike(kind: Strike, commits: Commit[], from: number, random: () => number): Damage {
  const [{ at, bytes } = { at: 0, bytes: 0 }] = commits.slice(-1);
  const bit = Math.floor(random() * 8);
  if (kind !== 'length' && kind !== 'header')
    return { kind, at: from + Math.floor(random() * (at + bytes - from)), bit };
  const commit = commits[Math.floor(random() * commits.length)];
  const header = commit?.at ?? 0;
  if (kind === 'header') return { kind: 'cut', at: header + 1 + Math.floor(random() * (HEADER - 1)), bit };
  return { kind: 'flip', at: header + LENGTH_AT + Math.floor(random() * 4), bit };
}

/** Damages a file in place. */
export function damage(path: string, { kind, at, bit }: Damage): void {
  const file = openSync(path, 'r+');
  try {
    if (kind === 'cut') ftruncateSync(file, at);
    if (kind === 'flip') {
      const byte = Buffer.alloc(1);
      readSync(file, byte, 0, 1, at);
      writeSync(file, Buffer.of(byte.readUInt8() ^ (1 << bit)), 0, 1, at);
    }
    if (kind === 'zeros') {
      const start = at - (at % PAGE);
      const length = Math.min(PAGE, fstatSync(file).size - start);
      writeSync(file, Buffer.alloc(length), 0, length, start);
    }
  } finally {
    closeSync(file);
  }
}
