import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Replaces a file as a whole, readable by its user alone. After a crash or a full disk the file has either the old text
 * or the new one: a truncated token would make its owner somebody else.
 */
export function writeWhole(file: string, text: string): void {
  const prepared = `${file}.${process.pid}.new`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // A killed process with the same id may have left one, and an existing file would keep its own mode.
  rmSync(prepared, { force: true });
  try {
    const descriptor = openSync(prepared, 'wx', 0o600);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(prepared, file);
  } finally {
    rmSync(prepared, { force: true });
  }
}
