import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { mergeTests } from 'playwright/test';
import { expect, test as inWorld, type TestWorld } from '../../fixture.ts';
import { exportWorld } from '../../export/export.ts';
import { startScript } from '../../program.fixture.ts';
import { test as withPostgres } from '../postgres/postgres.fixture.ts';
import { Caller } from '../server/caller.ts';
import { newSecret, startServer } from '../server/process.ts';
import type { Delta } from '../world/delta.ts';
import type { Lease } from '../world/think/lease.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const EXCHANGE = fileURLToPath(new URL('exchange.ts', import.meta.url));

interface Fixtures {
  file: string;
  load: (...args: string[]) => Promise<{ code: number | null; output: string }>;
}

const test = mergeTests(inWorld, withPostgres).extend<Fixtures>({
  file: ({ folder }, use) => use(join(folder, 'world.ndjson')),
  load: async ({ url }, use) => {
    await use(async (...args) => {
      const program = startScript(MAIN, ['--database', url, ...args]);
      return { code: await program.ended, output: program.output() };
    });
  },
});

async function leave({ host, database, owner }: TestWorld, file: string): Promise<void> {
  const signal = new AbortController().signal;
  await exportWorld({ api: host.api, database, owner, file, staysPaused: true, signal });
}

async function tablesIn(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  await client.end();
  return rows.map(({ name }) => name);
}

for (const store of ['log', 'rows', 'write-behind']) {
  test(`a world lives on in a game server with the store ${store}`, async ({ world, url, file, load }) => {
    const nils = await world.player('Nils');
    await world.call('act', [{ Say: 'Good day.' }], nils);
    await world.call('ask', [3, 'What do you sell?'], nils);
    await leave(world, file);
    const loaded = await load('--store', store, file);
    expect(loaded.output).toMatch(
      /^Loaded and read back: 31 agents, 1 players, [\d,]+ gold, [1-9]\d* open think requests/,
    );
    const secret = newSecret();
    const key = join(dirname(world.host.log), 'keys', 'id_ecdsa.pub');
    const exchanged = spawnSync(process.execPath, ['--no-warnings', EXCHANGE, '--public-key', key], {
      input: `${nils.token}\n`,
      env: { ...process.env, RIVAL_SECRET: secret },
      encoding: 'utf8',
    });
    expect(exchanged).toMatchObject({ status: 0, stderr: '' });
    const server = await startServer(['--store', store, '--database', url, '--map', `${file}.map.json`], secret);
    const owner = await Caller.connect(server.urlFor());
    const person = await Caller.connect(`ws://127.0.0.1:${server.port}/?token=${exchanged.stdout.trim()}`);
    const census = async () => (await owner.call('snapshot')) as Delta;
    const before = await census();
    await person.call('act', { Say: 'I am here.' });
    await owner.call('grant_role', 'mind', 'Thinker');
    const mind = await Caller.connect(server.urlFor('mind'));
    const leases = (await mind.call('lease', 100)) as Lease[];
    const question = leases.find(({ payload }) => payload.includes('What do you sell?'));
    await mind.call('submit', question?.request, question?.leaseEpoch, { Say: 'Salt.' });
    await expect.poll(async () => (await census()).tick).toBeGreaterThan(before.tick + 5);
    const after = await census();
    const said = (words: string) => after.events.find((event) => event.words === words);
    expect(said('Good day.')?.subject).toBe(nils.agent);
    expect(said('I am here.')?.subject).toBe(nils.agent);
    expect(said('Salt.')).toMatchObject({ subject: 3, object: nils.agent, request: question?.request });
    for (const caller of [owner, person, mind]) await caller.close();
    await server.stop();
  });
}

test('a damaged export loads nothing', async ({ world, url, file, load }) => {
  await leave(world, file);
  const text = readFileSync(file, 'utf8');
  for (const broken of [text.slice(0, -9), text.replace('The Market', 'The market'), 'null\n']) {
    writeFileSync(file, broken);
    const { code, output } = await load(file);
    expect(code).toBe(1);
    expect(output).toMatch(/^Nothing was loaded: .*(is damaged|is not an export)/);
  }
  expect(await tablesIn(url)).toEqual([]);
  expect(existsSync(`${file}.map.json`)).toBe(false);
});

test('a database that holds a world, a map that exists, or no database load nothing', async ({
  world,
  file,
  folder,
  load,
}) => {
  await leave(world, file);
  const other = join(folder, 'other.json');
  writeFileSync(other, 'mine');
  expect((await load('--map-out', other, file)).output).toContain('other.json exists, and is not replaced');
  expect(readFileSync(other, 'utf8')).toBe('mine');
  expect((await load(file)).code).toBe(0);
  expect((await load('--map-out', join(folder, 'again.json'), file)).output).toBe(
    'Nothing was loaded: the database holds a world already: name an empty one with --database\n',
  );
  expect(existsSync(join(folder, 'again.json'))).toBe(false);
  expect((await load('--database', 'postgres://x@127.0.0.1:9/y', file)).output).toContain('ECONNREFUSED');
});

test('a token of another host buys nothing', ({ folder, world }) => {
  const key = join(folder, 'other.pub');
  writeFileSync(key, readFileSync(join(dirname(world.host.log), 'keys', 'id_ecdsa.pub')));
  const run = (input: string, env: NodeJS.ProcessEnv = { RIVAL_SECRET: 's' }) =>
    spawnSync(process.execPath, ['--no-warnings', EXCHANGE, '--public-key', key], {
      input,
      env: { ...process.env, RIVAL_SECRET: '', ...env },
      encoding: 'utf8',
    });
  const [head, body] = world.owner.token.split('.');
  expect(run(`${head}.${body}.AAAA\n`)).toMatchObject({
    status: 1,
    stdout: '\n',
    stderr: 'Line 1: the host with this key did not sign this token: use the public key of the old host.\n',
  });
  const { status, stderr } = run('', {});
  expect([status, stderr]).toEqual([2, 'RIVAL_SECRET is not set: give the secret that the game server signs with.\n']);
});
