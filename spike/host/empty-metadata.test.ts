import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { removeEmptyMetadata } from './empty-metadata.ts';

function dataWith(metadata: string | undefined, check: (data: string) => void): void {
  const data = mkdtempSync(join(tmpdir(), 'spellkave-metadata-'));
  if (metadata !== undefined) writeFileSync(join(data, 'metadata.toml'), metadata);
  check(data);
  rmSync(data, { recursive: true });
}

test('removes metadata that a power cut left empty', () => {
  dataWith('', (data) => {
    expect(removeEmptyMetadata(data)).toEqual([join(data, 'metadata.toml')]);
    expect(existsSync(join(data, 'metadata.toml'))).toBe(false);
  });
});

test('leaves metadata that says anything', () => {
  dataWith('version = "1.2.0"', (data) => {
    expect(removeEmptyMetadata(data)).toEqual([]);
    expect(existsSync(join(data, 'metadata.toml'))).toBe(true);
  });
});

test('does nothing where there is no metadata', () => {
  dataWith(undefined, (data) => expect(removeEmptyMetadata(data)).toEqual([]));
});
