import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { memoryTokens } from '../client/token-store.ts';
import { expect, test, type TestWorld } from '../fixture.ts';
import type { Account } from '../host/api.ts';
import { Archive, type ArchivedEvent } from './archive.ts';
import { Archivist } from './archivist.ts';
import { digest } from './digest.ts';

const run = promisify(execFile);
const WINDOW_MS = 2_000;
const NO_NAMES = { agents: new Map<number, string>(), places: new Map<number, string>() };

const say = (world: TestWorld, who: Account, words: string) => world.call('act', [{ Say: words }], who);
const eventsOf = async (world: TestWorld): Promise<ArchivedEvent[]> =>
  (await world.sql('SELECT * FROM event'))
    .map((row) => ({
      id: BigInt(row['id'] as number),
      tick: BigInt(row['tick'] as number),
      at: BigInt((row['at'] as [number])[0]),
      place: Number(row['place']),
      agent: Number(row['agent']),
      hearer: Number(row['hearer']),
      request: BigInt(row['request'] as number),
      text: String(row['text']),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

const children: ChildProcess[] = [];
// A test that breaks off leaves none behind.
test.afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

/** The archivist as somebody would run it. */
function start(world: TestWorld, account: Account, file: string): ChildProcess {
  const { host, database } = world;
  const args = [
    '--import',
    'tsx',
    'spike/archivist/main.ts',
    '--url',
    host.url,
    '--database',
    database,
    '--file',
    file,
  ];
  const env = { ...process.env, SPELLKAVE_TOKEN: account.token };
  const child = spawn(process.execPath, args, { env, stdio: 'ignore' });
  children.push(child);
  return child;
}

/** The same within this process, for what it says. */
function startHere(world: TestWorld, account: Account, archive: Archive) {
  const faults: string[] = [];
  const { host, database } = world;
  const tokens = memoryTokens(account.token);
  const onFault = (error: Error) => faults.push(error.message);
  const archivist = new Archivist({ url: host.url, database, tokens, archive, log: () => {}, onFault });
  return { archivist, faults };
}

test.beforeEach(async ({ world }) => {
  await world.call('set_tempo', [100, 30, 0]);
  await world.call('set_retention', [WINDOW_MS]);
});

test('what is old leaves the world for the archive, exactly; what is young stays', async ({ world, folder }) => {
  const nils = await world.player('Nils');
  await Promise.all(Array.from({ length: 50 }, (_, index) => say(world, nils, `Number ${index}.`)));
  const recorded = await eventsOf(world);
  const archive = new Archive(join(folder, 'archive.sqlite'));
  const { archivist } = startHere(world, await world.account('Archivist'), archive);
  await expect.poll(async () => (await eventsOf(world)).length, { timeout: 10_000 }).toBe(0);
  await say(world, nils, 'And I am young.');
  expect((await eventsOf(world)).map(({ text }) => text)).toEqual(['says: And I am young.']);
  expect(archive.all()).toEqual(recorded);
  expect(digest(archive.all())).toBe(digest(recorded));
  expect((await world.sql('SELECT * FROM archive'))[0]).toMatchObject({ archived: recorded.length });
  archivist.stop();
  archive.close();
});

test('killed again and again under a flow of events, it loses none and doubles none', async ({ world, folder }) => {
  test.setTimeout(60_000);
  const file = join(folder, 'archive.sqlite');
  const [nils, account] = [await world.player('Nils'), await world.account('Archivist')];
  let flows = true;
  let said = 0;
  const flow = (async () => {
    while (flows) await Promise.all([1, 2, 3, 4].map(() => say(world, nils, `Number ${++said}.`)));
  })();
  for (const livesMs of [1_900, 2_600, 2_300]) {
    const child = start(world, account, file);
    await new Promise((resolve) => setTimeout(resolve, livesMs));
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  flows = false;
  await flow;
  const last = start(world, account, file);
  await expect.poll(async () => (await eventsOf(world)).length, { timeout: 20_000 }).toBe(0);
  last.kill('SIGTERM');
  expect((await once(last, 'exit'))[0]).toBe(0);
  const archive = new Archive(file);
  const numbers = archive.all().flatMap(({ text }) => /Number (\d+)\./.exec(text)?.[1] ?? []);
  archive.close();
  expect(numbers.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: said }, (_, index) => index + 1));
});

test('the world deletes nothing whose count or hash is wrong, and nothing within its window', async ({ world }) => {
  const [nils, archivist] = [await world.player('Nils'), await world.account('Archivist')];
  await say(world, nils, 'Old.');
  await new Promise((resolve) => setTimeout(resolve, WINDOW_MS + 100));
  const old = await eventsOf(world);
  const last = Number(old.at(-1)?.id);
  const acknowledge = (upTo: number, count: number, sha256: string) =>
    world.call('acknowledge', [upTo, count, sha256], archivist);
  await expect(acknowledge(last, old.length + 1, digest(old))).rejects.toThrow(`the world has ${old.length}, not`);
  await expect(acknowledge(last, old.length, digest(old.slice(1)))).rejects.toThrow('have the hash');
  await say(world, nils, 'Young.');
  const all = await eventsOf(world);
  await expect(acknowledge(Number(all.at(-1)?.id), all.length, digest(all))).rejects.toThrow(
    'within the window of 2000 ms',
  );
  expect(await eventsOf(world)).toEqual(all);
  await acknowledge(last, old.length, digest(old));
  await acknowledge(last, old.length, digest(old));
  expect((await eventsOf(world)).map(({ text }) => text)).toEqual(['says: Young.']);
});

test('an archive that has another event under the same id stops, and the world keeps its own', async ({
  world,
  folder,
}) => {
  const nils = await world.player('Nils');
  await say(world, nils, 'What I said.');
  const events = await eventsOf(world);
  const archive = new Archive(join(folder, 'archive.sqlite'));
  archive.store(
    events.map((event) => ({ ...event, text: 'says: Something else.' })),
    NO_NAMES,
  );
  const { faults } = startHere(world, await world.account('Archivist'), archive);
  await expect
    .poll(() => faults, { timeout: 10_000 })
    .toEqual([expect.stringContaining('they do not share this past')]);
  expect(await eventsOf(world)).toEqual(events);
  archive.close();
});

test("another world's archive is refused", async ({ world, folder }) => {
  const archive = new Archive(join(folder, 'archive.sqlite'));
  archive.belongTo({ database: world.database, foundedAt: 1n });
  const { faults } = startHere(world, await world.account('Archivist'), archive);
  await expect.poll(() => faults).toEqual([expect.stringContaining('holds the past of the world')]);
  archive.close();
});

test('the history tells who did what, where and when', async ({ folder }) => {
  const file = join(folder, 'archive.sqlite');
  const archive = new Archive(file);
  const event = { tick: 1n, at: 1_000_000n, place: 1, agent: 3, hearer: 4_294_967_295, request: 0n };
  archive.store(
    [
      { ...event, id: 1n, text: 'says: Good day.' },
      { ...event, id: 2n, agent: 4, text: 'goes north' },
    ],
    { agents: new Map([[3, 'Mira']]), places: new Map([[1, 'The Market']]) },
  );
  archive.close();
  // Playwright asks its workers for colours; this is read by a test.
  const { FORCE_COLOR: _, ...env } = process.env;
  const history = (...options: string[]) =>
    run(process.execPath, ['--import', 'tsx', 'spike/archivist/history.ts', '--file', file, ...options], {
      env,
    });
  expect((await history()).stdout.split('\n')[0]).toMatch(/^1970-01-01 00:00:01 +The Market +Mira says: Good day\.$/);
  expect((await history('--who', 'mira', '--json')).stdout.trim().split('\n')).toHaveLength(1);
  expect((await history('--since', '1s')).stderr).toContain('Nothing in the archive matches.');
  await expect(history('--where', 'harbour')).rejects.toThrow('The archive knows no place like "harbour".');
  await expect(history('--since', 'soon')).rejects.toThrow('--since takes 10m, 2h or 3d ago');
});
