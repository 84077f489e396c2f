import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Length of a segment's own header, before its first entry. */
export const SEGMENT_HEADER = 10;
/** Length of an entry's header. */
export const HEADER = 22;
const CHECKSUM = 4;
const LENGTH_AT = 18;

/** An entry of one transaction with that number and so many bytes. */
export function entry(number: number, bytes = 30): Buffer {
  const buffer = Buffer.alloc(HEADER + bytes + CHECKSUM, 0xab);
  buffer.writeBigUInt64LE(BigInt(number), 0);
  buffer.writeBigUInt64LE(0n, 8);
  buffer.writeUInt16LE(1, 16);
  return stating(bytes, buffer);
}

/** The same entry, which states another length. */
export function stating(length: number, of: Buffer): Buffer {
  const copy = Buffer.from(of);
  copy.writeUInt32LE(length, LENGTH_AT);
  return copy;
}

/**
 * Writes a segment of the only database's log.
 * @param first number of its first transaction, which names the file
 * @returns the file
 */
export function writeSegment(data: string, first: number, ...entries: Buffer[]): string {
  const folder = join(data, 'replicas', '1', 'clog');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${String(first).padStart(20, '0')}.stdb.log`);
  writeFileSync(file, Buffer.concat([Buffer.alloc(SEGMENT_HEADER), ...entries]));
  return file;
}
