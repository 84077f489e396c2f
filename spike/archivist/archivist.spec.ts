import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryTokens } from '../client/token-store.ts';
import { expect, test, type TestWorld } from '../fixture.ts';
import type { Account } from '../host/api.ts';
import { NOBODY } from '../client/world-constants.ts';
import { startScript, type Program } from '../program.fixture.ts';
import { Archive } from './archive.ts';
import { archivedEventOfRow, type ArchivedEvent } from './archived-event.ts';
import { Archivist } from './archivist.ts';
import { digest } from './digest.ts';

const WINDOW_MS = 2_000;
const NO_NAMES = { agents: new Map<number, string>(), places: new Map<number, string>() };

const say = (world: TestWorld, who: Account, words: string) => world.call('act', [{ Say: words }], who);
const eventsOf = async (world: TestWorld): Promise<ArchivedEvent[]> =>
  (await world.sql('SELECT * FROM event')).map(archivedEventOfRow).sort((a, b) => (a.id < b.id ? -1 : 1));

const programs: Program[] = [];
// A failed test must not leave an archivist running.
test.afterEach(() => programs.splice(0).forEach(({ child }) => child.kill('SIGKILL')));

/** The archivist as a process of its own. */
function start({ host, database }: TestWorld, account: Account, file: string): Program {
  const args = ['--url', host.url, '--database', database, '--file', file];
  const program = startScript('spike/archivist/main.ts', args, { SPELLKAVE_TOKEN: account.token });
  programs.push(program);
  return program;
}

/** The archivist within this process, to read its faults. */
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

test('moves exactly the old events from the world to the archive, and leaves the young ones', async ({
  world,
  folder,
}) => {
  const nils = await world.player('Nils');
  await Promise.all(Array.from({ length: 50 }, (_, index) => say(world, nils, `Number ${index}.`)));
  const recorded = await eventsOf(world);
  const archive = new Archive(join(folder, 'archive.sqlite'));
  const { archivist } = startHere(world, await world.account('Archivist'), archive);
  await expect.poll(async () => (await eventsOf(world)).length, { timeout: 10_000 }).toBe(0);
  await say(world, nils, 'And I am young.');
  expect((await eventsOf(world)).map(({ words }) => words)).toEqual(['And I am young.']);
  expect(archive.all()).toEqual(recorded);
  expect(digest(archive.all())).toBe(digest(recorded));
  expect((await world.sql('SELECT * FROM archive'))[0]).toMatchObject({ archived: recorded.length });
  archivist.stop();
  archive.close();
});

test('loses no event and stores none twice when it is killed again and again', async ({ world, folder }) => {
  const file = join(folder, 'archive.sqlite');
  const nils = await world.player('Nils');
  const account = await world.account('Archivist');
  let flows = true;
  let said = 0;
  const flow = (async () => {
    while (flows) await Promise.all([1, 2, 3, 4].map(() => say(world, nils, `Number ${++said}.`)));
  })();
  for (const livesMs of [1_900, 2_600, 2_300]) {
    const { child, ended } = start(world, account, file);
    await sleep(livesMs);
    child.kill('SIGKILL');
    await ended;
  }
  flows = false;
  await flow;
  const last = start(world, account, file);
  await expect.poll(async () => (await eventsOf(world)).length, { timeout: 20_000 }).toBe(0);
  last.child.kill('SIGTERM');
  expect(await last.ended).toBe(0);
  const archive = new Archive(file);
  const numbers = archive.all().flatMap(({ words }) => /Number (\d+)\./.exec(words)?.[1] ?? []);
  archive.close();
  expect(numbers.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: said }, (_, index) => index + 1));
});

test('the world rejects an acknowledgement with a wrong count, a wrong hash or a young event', async ({ world }) => {
  const nils = await world.player('Nils');
  const archivist = await world.account('Archivist');
  await say(world, nils, 'Old.');
  await sleep(WINDOW_MS + 100);
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
  expect((await eventsOf(world)).map(({ words }) => words)).toEqual(['Young.']);
});

test('waits while another program has the archive locked, says so once, and then archives everything', async ({
  world,
  folder,
}) => {
  const file = join(folder, 'archive.sqlite');
  const nils = await world.player('Nils');
  await say(world, nils, 'Before.');
  new Archive(file).close();
  const other = new DatabaseSync(file);
  other.exec('BEGIN IMMEDIATE');
  const { child, ended, output } = start(world, await world.account('Archivist'), file);
  await expect.poll(output, { timeout: 10_000 }).toContain('database is locked');
  other.exec('ROLLBACK');
  await expect.poll(async () => (await eventsOf(world)).length, { timeout: 10_000 }).toBe(0);

  other.exec('BEGIN IMMEDIATE');
  await say(world, nils, 'After.');
  const cannot = /cannot archive now \(.*locked.*\); the world keeps its events until I can/g;
  await expect.poll(output, { timeout: 10_000 }).toMatch(cannot);
  // Longer than any single attempt, and several of them.
  await sleep(4_000);
  expect((await eventsOf(world)).map(({ words }) => words)).toEqual(['After.']);
  other.exec('ROLLBACK');
  other.close();
  await expect.poll(async () => (await eventsOf(world)).length, { timeout: 15_000 }).toBe(0);
  expect(output().match(cannot)).toHaveLength(1);
  expect(output()).toContain('archiving again');
  expect(output()).not.toContain('connection lost');
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('stops when the archive has another event under the same id, and the world keeps its own', async ({
  world,
  folder,
}) => {
  const nils = await world.player('Nils');
  await say(world, nils, 'What I said.');
  const events = await eventsOf(world);
  const archive = new Archive(join(folder, 'archive.sqlite'));
  archive.store(
    events.map((event) => ({ ...event, words: 'Something else.' })),
    NO_NAMES,
  );
  const { faults } = startHere(world, await world.account('Archivist'), archive);
  await expect
    .poll(() => faults, { timeout: 10_000 })
    .toEqual([expect.stringContaining('they do not share this past')]);
  expect(await eventsOf(world)).toEqual(events);
  archive.close();
});

test('refuses the archive of another world', async ({ world, folder }) => {
  const archive = new Archive(join(folder, 'archive.sqlite'));
  archive.belongTo({ database: world.database, foundedAt: 1n });
  const { faults } = startHere(world, await world.account('Archivist'), archive);
  await expect.poll(() => faults).toEqual([expect.stringContaining('holds the past of the world')]);
  archive.close();
});

test('the history shows who did what, where and when', async ({ folder }) => {
  const file = join(folder, 'archive.sqlite');
  const archive = new Archive(file);
  const event = {
    ...{ version: 1, tick: 1n, at: 1_000_000n, place: 1, kind: 'say', subject: 3, object: NOBODY },
    ...{ quantity: 0, gold: 0, words: 'Good day.', request: 0n },
  };
  archive.store(
    [
      { ...event, id: 1n },
      { ...event, id: 2n, subject: 4, kind: 'go', words: 'north' },
    ],
    { agents: new Map([[3, 'Mira']]), places: new Map([[1, 'The Market']]) },
  );
  archive.close();
  const history = async (...options: string[]) => {
    const program = startScript('spike/archivist/history.ts', ['--file', file, ...options]);
    await program.ended;
    return program.output();
  };
  expect(await history()).toMatch(/^1970-01-01 00:00:01 +The Market +Mira says: Good day\.\n/);
  expect((await history('--who', 'mira', '--json')).trim().split('\n')).toHaveLength(1);
  expect(await history('--since', '1s')).toContain('No event in the archive matches.');
  expect(await history('--where', 'harbour')).toContain('The archive has no place whose name contains "harbour".');
  expect(await history('--since', 'soon')).toContain('--since soon is not a moment: use 10m, 2h or 3d');
});
