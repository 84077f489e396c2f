import { tmpdir } from 'node:os';
import { expect, test } from 'playwright/test';
import { checkDisk, DiskWatcher, freeBytes, levelOf, MEGABYTE } from './disk.ts';

const KEEP = 500 * MEGABYTE;

/** A watcher of a disk that the test fills, and what it did at each look. */
function watch() {
  const done: string[] = [];
  const disk = { free: 10 * KEEP, fails: false };
  const act = (what: string) => {
    if (disk.fails) return Promise.reject(new Error('the host is away'));
    done.push(what);
    return Promise.resolve();
  };
  const watcher = new DiskWatcher(KEEP, () => Promise.resolve(disk.free), {
    pause: (reason) => act(`pause: ${reason}`),
    resume: () => act('resume'),
    say: (line) => done.push(line),
  });
  const look = async (megabytes: number) => {
    disk.free = megabytes * MEGABYTE;
    done.length = 0;
    await watcher.look();
    return [...done];
  };
  return { look, disk };
}

const PAUSE = 'pause: the disk is nearly full';

test('a disk is ample, low, short or full, by what the world should keep free', () => {
  const levels = [1_000, 999, 500, 499, 50, 49, 0].map((megabytes) => levelOf(megabytes * MEGABYTE, KEEP));
  expect(levels).toEqual(['ample', 'low', 'low', 'short', 'short', 'full', 'full']);
});

test('a short disk stays short until there is a quarter more than needed', () => {
  for (const before of ['short', 'full'] as const) {
    expect([624, 625].map((megabytes) => levelOf(megabytes * MEGABYTE, KEEP, before))).toEqual(['short', 'low']);
  }
});

test('warns once, pauses the clock, and resumes it when space is back', async () => {
  const { look } = watch();
  expect(await look(2_000)).toEqual([]);
  expect(await look(800)).toEqual(['disk: 800 MB are free; below 500 MB the clock pauses']);
  expect(await look(700)).toEqual([]);
  expect(await look(400)).toEqual([
    PAUSE,
    'disk: 400 MB are free, less than 500 MB, so the clock is paused until there is more',
  ]);
  expect(await look(600)).toEqual([PAUSE]);
  expect(await look(700)).toEqual(['resume', 'disk: 700 MB are free, so the clock goes on']);
});

test('says on a disk without room not to stop the world', async () => {
  const { look } = watch();
  await look(400);
  expect(await look(10)).toEqual([
    PAUSE,
    expect.stringMatching(/^disk: 10 MB are free: free some space before you stop/),
  ]);
  expect(await look(10)).toEqual([PAUSE]);
});

test('pauses and resumes at a later look when the host did not answer', async () => {
  const { look, disk } = watch();
  disk.fails = true;
  await expect(look(400)).rejects.toThrow('the host is away');
  disk.fails = false;
  expect(await look(400)).toContain(PAUSE);
  disk.fails = true;
  await expect(look(2_000)).rejects.toThrow('the host is away');
  disk.fails = false;
  expect(await look(2_000)).toContain('resume');
});

test('a start is refused on a disk without room, and says what is free and what to do', async () => {
  await expect(checkDisk('/w', KEEP, () => Promise.resolve(49 * MEGABYTE))).rejects.toThrow(
    '49 MB are free on the disk of /w, and a start needs 50 MB: free some space, or name less with --keep-free.',
  );
  await checkDisk('/w', KEEP, () => Promise.resolve(50 * MEGABYTE));
  await checkDisk('/w', 0, () => Promise.resolve(0));
});

test('reads how many bytes a folder takes', async () => {
  expect(await freeBytes(tmpdir())).toBeGreaterThan(0);
});
