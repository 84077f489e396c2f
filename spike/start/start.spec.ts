import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../fixture.ts';
import { run } from '../host/command.ts';
import { buildModule } from '../host/module.ts';
import { startHost } from '../host/host.ts';
import { freePort } from '../host/port.ts';
import { raiseWorld } from './world.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

interface Run {
  said: () => string;
  ended: Promise<number | null>;
  /** Presses Ctrl-C and waits for the end. */
  interrupt(): Promise<number | null>;
}

async function start(world: string, ...options: string[]): Promise<Run> {
  const port = await freePort();
  const args = ['--import', 'tsx', MAIN, '--no-site', '--port', String(port), '--world', world, ...options];
  // Playwright asks its workers for colours; this world is read by a test.
  const { FORCE_COLOR: _, ...env } = process.env;
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    said: () => output,
    ended,
    interrupt() {
      child.kill('SIGINT');
      return ended;
    },
  };
}

const livesAfter = (run: Run) =>
  expect.poll(run.said, { timeout: 30_000 }).toMatch(/world\s+20 places, 30 agents, lives/);
const tickOf = (run: Run) => Number(/tick ([\d,]+)/.exec(run.said())?.[1]?.replaceAll(',', ''));

test('one command starts a world; Ctrl-C stops all of it; the next start goes on', async ({ folder }) => {
  test.setTimeout(90_000);
  const world = join(folder, 'world');
  const first = await start(world);
  await livesAfter(first);
  await expect.poll(() => tickOf(first), { timeout: 20_000 }).toBeGreaterThan(50);
  expect(first.said()).toMatch(
    /late p50 \d+\.\d p99 \d+\.\d ms {2}agents 30 {2}open requests \d+ {2}thoughts\/min \d+/,
  );
  expect(await first.interrupt()).toBe(0);
  expect(await commandsNaming(world)).toEqual([]);

  const second = await start(world);
  await livesAfter(second);
  await expect.poll(() => tickOf(second), { timeout: 20_000 }).toBeGreaterThan(tickOf(first));
  expect(await second.interrupt()).toBe(0);
});

test('--new-world moves the saved world aside and loses nothing', async ({ folder }) => {
  test.setTimeout(90_000);
  const world = join(folder, 'world');
  const first = await start(world);
  await livesAfter(first);
  await first.interrupt();
  const saved = readFileSync(join(world, 'world.json'), 'utf8');

  const second = await start(world, '--new-world');
  await livesAfter(second);
  await second.interrupt();
  const [aside] = setAsideIn(folder);
  expect(readFileSync(join(folder, aside ?? '', 'world.json'), 'utf8')).toBe(saved);
});

test('a world that runs is not set aside, whatever the port, and lives on', async ({ folder }) => {
  test.setTimeout(90_000);
  const world = join(folder, 'world');
  const first = await start(world);
  await livesAfter(first);
  const second = await start(world, '--new-world');
  expect(await second.ended).toBe(1);
  expect(second.said()).toBe(
    `The world in ${world} runs already: end that \`npm start\` first, or name another folder with --world.\n`,
  );
  expect(setAsideIn(folder)).toEqual([]);
  expect(await first.interrupt()).toBe(0);
});

test('a world is not set aside where the port of the new one is in use', async ({ folder }) => {
  const world = join(folder, 'world');
  mkdirSync(world);
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const refused = await start(world, '--new-world', '--port', String(port));
  expect(await refused.ended).toBe(1);
  expect(refused.said()).toBe(`Port ${port} on 127.0.0.1 is in use.\n`);
  expect(setAsideIn(folder)).toEqual([]);
  other.close();
});

test('a saved world that the module cannot take over stops with one sentence', async ({ binary, folder }) => {
  const host = await startHost({ binary, folder });
  try {
    // A world of the lab build has tables that the production build lacks; the host does not drop tables.
    await raiseWorld(host, await buildModule('lab', console.log), folder);
    const production = await buildModule('production', console.log);
    await expect(raiseWorld(host, production, folder)).rejects.toThrow(
      /^The saved world cannot be taken over by this module \(.*\): `npm start -- --new-world` moves it aside and founds another\.$/,
    );
  } finally {
    await host.stop();
  }
});

test('a damaged world file is named, and the world is left as it is', async ({ folder }) => {
  const world = join(folder, 'world');
  mkdirSync(world);
  writeFileSync(join(world, 'world.json'), '{"owner": 7}');
  const damaged = await start(world);
  expect(await damaged.ended).toBe(1);
  expect(damaged.said()).toContain('world.json is damaged; `npm start -- --new-world` moves the world aside');
  expect(readFileSync(join(world, 'world.json'), 'utf8')).toBe('{"owner": 7}');
});

/** Worlds that were moved out of the way. */
function setAsideIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('world-until-'));
}

/** Command lines of running processes that name a folder: what a stopped world would have left behind. */
async function commandsNaming(folder: string): Promise<string[]> {
  return (await run('ps', ['-axww', '-o', 'args'])).split('\n').filter((line) => line.includes(folder));
}
