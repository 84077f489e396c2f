import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../fixture.ts';
import { run } from '../command.ts';
import { buildModule } from '../host/module.ts';
import { startHost } from '../host/host.ts';
import { openIn } from '../host/open.fixture.ts';
import { freePort } from '../host/port.ts';
import { startProvider } from '../thinker/provider.fixture.ts';
import { interrupt, startScript, type Program } from '../program.fixture.ts';
import { loadWorld } from './saved-world.ts';
import { raiseWorld } from './world.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

async function start(world: string, ...options: string[]): Promise<Program> {
  const port = await freePort();
  return startScript(MAIN, ['--no-site', '--port', String(port), '--world', world, ...options]);
}

const waitUntilItLives = (run: Program) =>
  expect.poll(run.output, { timeout: 30_000 }).toMatch(/world\s+20 places, 30 agents, lives/);
const tickOf = (run: Program) => Number(/tick ([\d,]+)/.exec(run.output())?.[1]?.replaceAll(',', ''));

test('starts a world with one command, stops everything on Ctrl-C, and continues at the next start', async ({
  folder,
}) => {
  const world = join(folder, 'world');
  const first = await start(world);
  await waitUntilItLives(first);
  await expect.poll(() => tickOf(first), { timeout: 20_000 }).toBeGreaterThan(50);
  expect(first.output()).toMatch(
    /late p50 \d+\.\d p99 \d+\.\d ms {2}agents 30 {2}open \d+ {2}thoughts\/min \d+ \(rules\)/,
  );
  expect(openIn(world)).toEqual([]);
  expect(statSync(`${world}.lock`).mode & 0o077).toBe(0);
  expect(await interrupt(first)).toBe(0);
  expect(await commandsNaming(world)).toEqual([]);

  const second = await start(world);
  await waitUntilItLives(second);
  await expect.poll(() => tickOf(second), { timeout: 20_000 }).toBeGreaterThan(tickOf(first));
  expect(await interrupt(second)).toBe(0);
});

test('--mind none starts no thinker and says so, and requests wait', async ({ folder }) => {
  const world = join(folder, 'world');
  const silent = await start(world, '--mind', 'none');
  await waitUntilItLives(silent);
  expect(silent.output()).toMatch(/^thinker\s+none: requests wait until you start one with `npm run think`$/m);
  await expect.poll(silent.output, { timeout: 30_000 }).toMatch(/open [1-9]\d* {2}thoughts\/min 0 \(none\)/);
  expect(existsSync(join(world, 'thinker.log'))).toBe(false);
  expect(await interrupt(silent)).toBe(0);
});

test('a mind that cannot start ends the start with its reason, and touches no world', async ({ folder }) => {
  const world = join(folder, 'world');
  const refused = await start(world, '--mind', 'openai', '--base-url', 'somewhere', '--model', 'small');
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toContain('--base-url "somewhere" is not the address of an endpoint');
  expect(existsSync(world)).toBe(false);
});

test('--mind openai asks the model behind --base-url, and every row names it', async ({ folder }) => {
  const provider = await startProvider();
  provider.behave({ answers: JSON.stringify({ action: { kind: 'say', words: 'They pay in old coin.' } }) });
  const world = join(folder, 'world');
  const run = await start(world, '--mind', 'openai', '--base-url', provider.baseUrl, '--model', 'small');
  await waitUntilItLives(run);
  expect(run.output()).toContain(`small at ${new URL(provider.baseUrl).host}  log ${world}/thinker.log`);
  await expect.poll(() => provider.asked.length, { timeout: 30_000 }).toBeGreaterThan(0);
  await expect.poll(run.output, { timeout: 30_000 }).toMatch(/thoughts\/min \d+ \(openai\)/);
  expect(await interrupt(run)).toBe(0);
  await provider.close();
});

test('--new-world moves the saved world aside and loses nothing', async ({ folder }) => {
  const world = join(folder, 'world');
  const first = await start(world);
  await waitUntilItLives(first);
  await interrupt(first);
  const saved = readFileSync(join(world, 'world.json'), 'utf8');

  const second = await start(world, '--new-world');
  await waitUntilItLives(second);
  await interrupt(second);
  const [aside] = setAsideIn(folder);
  expect(readFileSync(join(folder, aside ?? '', 'world.json'), 'utf8')).toBe(saved);
});

test('refuses to set a running world aside, on any port, and leaves it running', async ({ folder }) => {
  const world = join(folder, 'world');
  const first = await start(world);
  await waitUntilItLives(first);
  const second = await start(world, '--new-world');
  expect(await second.ended).toBe(1);
  expect(second.output()).toBe(
    `The world in ${world} runs already: end that \`npm start\` first, or name another folder with --world.\n`,
  );
  expect(setAsideIn(folder)).toEqual([]);
  expect(await interrupt(first)).toBe(0);
});

test('does not set a world aside when the port of the new one is in use', async ({ folder }) => {
  const world = join(folder, 'world');
  mkdirSync(world);
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const refused = await start(world, '--new-world', '--port', String(port));
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toBe(`Port ${port} on 127.0.0.1 is in use.\n`);
  expect(setAsideIn(folder)).toEqual([]);
  other.close();
});

test('refuses a world saved under another contract in one sentence, and --new-world sets it aside', async ({
  binary,
  folder,
}) => {
  const world = join(folder, 'world');
  const host = await startHost({ binary, folder: world });
  try {
    // A world of the lab build has tables that the production build lacks, and the host never drops a table.
    await raiseWorld(host, await buildModule('lab', console.log), world);
  } finally {
    await host.stop();
  }
  const saved = loadWorld(world);
  const refused = await start(world);
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toMatch(
    /^The saved world cannot be taken over by this module \(.*\): `npm start -- --new-world` moves it aside and founds another\.$/m,
  );
  expect(loadWorld(world)).toEqual(saved);

  const second = await start(world, '--new-world');
  await waitUntilItLives(second);
  await interrupt(second);
  const [aside] = setAsideIn(folder);
  expect(loadWorld(join(folder, aside ?? ''))).toEqual(saved);
});

test('names a damaged world file and leaves the world as it is', async ({ folder }) => {
  const world = join(folder, 'world');
  mkdirSync(world);
  writeFileSync(join(world, 'world.json'), '{"owner": 7}');
  const damaged = await start(world);
  expect(await damaged.ended).toBe(1);
  expect(damaged.output()).toContain('world.json is damaged; `npm start -- --new-world` moves the world aside');
  expect(readFileSync(join(world, 'world.json'), 'utf8')).toBe('{"owner": 7}');
});

/** Worlds that were moved out of the way. */
function setAsideIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('world-until-'));
}

/** Command lines of running processes that name the folder; a stopped world must leave none. */
async function commandsNaming(folder: string): Promise<string[]> {
  return (await run('ps', ['-axww', '-o', 'args'])).split('\n').filter((line) => line.includes(folder));
}
