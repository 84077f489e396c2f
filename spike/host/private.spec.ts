import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixture.ts';
import { startHost } from './host.ts';
import { openIn } from './open.fixture.ts';

const usual = process.umask();
test.afterEach(() => void process.umask(usual));

test('whatever the umask, only the user can read what a host writes', async ({ binary, folder }) => {
  process.umask(0);
  const world = join(folder, 'world');
  // As an earlier version left it.
  mkdirSync(join(world, 'keys'), { recursive: true });
  writeFileSync(join(world, 'host.log'), '');
  chmodSync(join(world, 'host.log'), 0o644);
  const host = await startHost({ binary, folder: world });
  try {
    expect(readdirSync(join(world, 'keys'))).toContain('id_ecdsa');
    expect(openIn(world)).toEqual([]);
  } finally {
    await host.stop();
  }
});
