import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../fixture.ts';
import { run } from '../command.ts';
import { Api, type Account } from '../host/api.ts';
import { freePort } from '../host/port.ts';
import { interrupt, startScript, type Program } from '../program.fixture.ts';
import { loadWorld } from './saved-world.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const AWAY = 4_294_967_295;
const SYNC_MS = 700;

let programs: Program[];
test.beforeEach(() => {
  programs = [];
});
test.afterEach(async () => {
  await Promise.all(programs.map(interrupt));
});

/** One region of a world that `npm start` runs, as its owner sees it. */
class RegionOf {
  readonly api: Api;
  readonly #database: string;
  readonly #owner: Account;

  constructor(address: string, owner: Account) {
    const [, url = '', database = ''] = /^(.+)\/([^/]+)$/.exec(address) ?? [];
    this.api = new Api(url);
    this.#database = database;
    this.#owner = owner;
  }

  call(reducer: string, args: unknown[] = [], caller = this.#owner): Promise<void> {
    return this.api.call(this.#database, reducer, args, caller);
  }

  sql(query: string): Promise<Record<string, unknown>[]> {
    return this.api.sql(this.#database, query, this.#owner);
  }

  async tick(): Promise<number> {
    return Number((await this.sql('SELECT * FROM clock').catch(() => []))[0]?.['tick'] ?? 0);
  }

  /** Whether somebody lives here now, and is not on the way. */
  async has(agent: number): Promise<boolean> {
    return (await this.sql(`SELECT * FROM agent WHERE id = ${agent}`)).some(({ place }) => place !== AWAY);
  }

  async join(name: string): Promise<Account & { agent: number }> {
    const account = await this.api.createAccount();
    await this.call('join', [name], account);
    const [profile] = await this.sql(`SELECT * FROM agent_profile WHERE name = '${name}'`);
    return { ...account, agent: Number(profile?.['id']) };
  }

  /** Sets out as soon as a relay serves the border. */
  async leave(who: Account, direction: string): Promise<void> {
    const isOpen = async () => (await this.sql("SELECT * FROM peer WHERE shut = ''")).length;
    await expect.poll(isOpen, { timeout: 20_000 }).toBe(1);
    await this.call('act', [{ Go: direction }], who);
  }
}

async function startTwo(folder: string): Promise<{ program: Program; town: RegionOf; shore: RegionOf }> {
  const port = await freePort();
  const program = startScript(MAIN, ['--regions', '2', '--no-site', '--port', String(port), '--world', folder]);
  programs.push(program);
  await expect.poll(program.output, { timeout: 60_000 }).toMatch(/^Ctrl-C stops everything$/m);
  const [town, shore] = [...program.output().matchAll(/--region (\S+)/g)].map(([, address]) => address ?? '');
  const { owner } = loadWorld(folder)!;
  return { program, town: new RegionOf(town ?? '', owner), shore: new RegionOf(shore ?? '', owner) };
}

/** Ends the host of a region with SIGKILL. */
async function killHost(folder: string): Promise<void> {
  const lines = (await run('ps', ['-axww', '-o', 'pid=,args='])).split('\n');
  const host = lines.find((line) => line.includes(`standalone start --data-dir ${folder}/data`));
  process.kill(Number(/\d+/.exec(host ?? '')?.[0]), 'SIGKILL');
}

test('two regions run as one world: a player crosses and comes back, and a region outlives the host of the other', async ({
  folder,
}) => {
  test.setTimeout(240_000);
  const world = join(folder, 'world');
  const { program, town, shore } = await startTwo(world);
  expect(program.output()).toMatch(
    /^world +Town: 10 places, \d+ agents, lives\nworld +Shore: 10 places, \d+ agents, lives$/m,
  );
  expect(program.output()).toMatch(/^relay +between Town and Shore/m);
  // One history: the archivists of all regions write to one file.
  expect(program.output().match(/SQLite {2}\S+/g)).toEqual([1, 2].map(() => `SQLite  ${world}/archive.sqlite`));
  const keyOf = (own: string) => readFileSync(join(own, 'keys/id_ecdsa.pub'), 'utf8');
  expect(keyOf(join(world, 'shore'))).toBe(keyOf(world));

  const nils = await town.join('Nils');
  await town.leave(nils, 'south');
  await expect.poll(() => shore.has(nils.agent), { timeout: 20_000 }).toBe(true);
  expect(await town.has(nils.agent)).toBe(false);
  await shore.call('act', [{ Say: 'Good day, Shore.' }], nils);
  await shore.leave(nils, 'north');
  await expect.poll(() => town.has(nils.agent), { timeout: 20_000 }).toBe(true);
  expect(await shore.has(nils.agent)).toBe(false);

  const before = await shore.tick();
  await killHost(join(world, 'shore'));
  await expect
    .poll(program.output, { timeout: 20_000 })
    .toContain('The host of Shore ended (SIGKILL) and starts again in 1 s');
  const meanwhile = await town.tick();
  await expect.poll(() => town.tick(), { timeout: 20_000 }).toBeGreaterThan(meanwhile);
  await expect.poll(() => shore.tick(), { timeout: 30_000 }).toBeGreaterThan(before);
  expect(program.output()).not.toMatch(/^(The (host|archivist|thinker) of Town|The relay) ended/m);

  await expect.poll(program.output, { timeout: 20_000 }).toMatch(/^Town: tick \d[^]*^Shore: tick \d/m);
  expect(await interrupt(program)).toBe(0);
  expect(await run('ps', ['-axww', '-o', 'args='])).not.toContain(world);
});

test('a region that comes back from an older copy gets a new epoch, and who has left it since is not doubled', async ({
  folder,
}) => {
  test.setTimeout(240_000);
  const world = join(folder, 'world');
  const first = await startTwo(world);
  const nils = await first.shore.join('Nils');
  await first.shore.call('pause_clock');
  await sleep(SYNC_MS);
  cpSync(join(world, 'shore'), join(folder, 'copy'), { recursive: true });
  await first.shore.call('resume_clock');
  await first.shore.leave(nils, 'north');
  await expect.poll(() => first.town.has(nils.agent), { timeout: 20_000 }).toBe(true);
  expect(await interrupt(first.program)).toBe(0);

  rmSync(join(world, 'shore'), { recursive: true });
  cpSync(join(folder, 'copy'), join(world, 'shore'), { recursive: true });
  const { program, town, shore } = await startTwo(world);
  expect(program.output()).toContain('Shore is an older copy of itself than others have met: its epoch is 2 now');
  await expect.poll(() => shore.has(nils.agent), { timeout: 20_000 }).toBe(false);
  expect(await town.has(nils.agent)).toBe(true);
  await town.leave(nils, 'south');
  await expect.poll(() => shore.has(nils.agent), { timeout: 20_000 }).toBe(true);
  expect(await interrupt(program)).toBe(0);
});

test('a number of regions that the map is not divided into ends the start in one sentence, and touches no world', async ({
  folder,
}) => {
  const world = join(folder, 'world');
  const port = String(await freePort());
  const none = startScript(MAIN, ['--regions', '9', '--no-site', '--port', port, '--world', world]);
  expect(await none.ended).toBe(1);
  expect(none.output()).toMatch(/^--regions 9 needs .*regions-9.json, which does not exist: write it, or use 2\.$/m);
  expect(existsSync(world)).toBe(false);
});
