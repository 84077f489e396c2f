import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';

test('cargo reads the module in a checkout that lies in the folder of another workspace', () => {
  const root = mkdtempSync(join(tmpdir(), 'spellkave-workspace-'));
  const world = join(root, 'checkout/spike/world');
  mkdirSync(join(world, 'src'), { recursive: true });
  for (const file of ['Cargo.toml', 'Cargo.lock']) cpSync(join('spike/world', file), join(world, file));
  writeFileSync(join(world, 'src/lib.rs'), '');
  writeFileSync(join(root, 'Cargo.toml'), '[workspace]\nmembers = []\n');
  const args = [
    'metadata',
    '--no-deps',
    '--offline',
    '--format-version=1',
    '--manifest-path',
    join(world, 'Cargo.toml'),
  ];
  const { stdout, stderr } = spawnSync('cargo', args, { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ workspace_root: world });
  rmSync(root, { recursive: true });
});
