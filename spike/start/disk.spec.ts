import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../fixture.ts';
import { freePort } from '../host/port.ts';
import { interrupt, startScript } from '../program.fixture.ts';
import { SmallDisk } from '../small-disk.fixture.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const TEXT = fileURLToPath(new URL('../text/main.ts', import.meta.url));
const MEGABYTE = 1_000_000;
const SOON = { timeout: 20_000 };

let disk: SmallDisk;

test.beforeAll(() => {
  try {
    disk = SmallDisk.mount(96);
  } catch (error) {
    test.skip(true, (error as Error).message);
  }
});
test.afterAll(() => disk?.unmount());

test('npm start pauses the clock before the disk is full, tells players why, and goes on when there is space', async ({
  folder,
}) => {
  const port = String(await freePort());
  const world = join(disk.folder, 'world');
  const start = startScript(MAIN, ['--no-site', '--mind=none', `--port=${port}`, `--world=${world}`, '--keep-free=20']);
  try {
    await expect.poll(start.output, { timeout: 30_000 }).toMatch(/world\s+20 places, 30 agents, lives/);
    const player = startScript(TEXT, ['--url', `http://127.0.0.1:${port}`, '--name', 'Nils'], {
      HOME: folder,
      XDG_CONFIG_HOME: folder,
    });
    await expect.poll(player.output, SOON).toContain('Nils');

    disk.fillTo(30 * MEGABYTE);
    await expect.poll(start.output, SOON).toMatch(/disk: \d+ MB are free; below 20 MB the clock pauses/);
    disk.fillTo(10 * MEGABYTE);
    await expect.poll(start.output, SOON).toMatch(/disk: \d+ MB are free, less than 20 MB, so the clock is paused/);
    await expect.poll(start.output, SOON).toMatch(/tick [\d,]+ \(paused\)/);
    await expect.poll(player.output, SOON).toContain('The world stands still: the disk is nearly full.');

    disk.clear();
    await expect.poll(start.output, SOON).toMatch(/disk: \d+ MB are free, so the clock goes on/);
    await expect.poll(player.output, SOON).toContain('The world goes on.');
    player.child.kill('SIGTERM');
    await player.ended;
  } finally {
    disk.clear();
    expect(await interrupt(start)).toBe(0);
  }
});
