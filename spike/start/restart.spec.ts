import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../fixture.ts';
import { run } from '../command.ts';
import { Api } from '../host/api.ts';
import { freePort } from '../host/port.ts';
import { interrupt, startScript, type Program } from '../program.fixture.ts';
import { loadWorld } from './saved-world.ts';
import { DATABASE } from './region.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

let programs: Program[];
test.beforeEach(() => {
  programs = [];
});
test.afterEach(async () => {
  await Promise.all(programs.map(interrupt));
});

/** A world that `npm start` runs, and its processes. */
async function start(folder: string, ...site: string[]) {
  const port = await freePort();
  const program = startScript(MAIN, [
    '--port',
    String(port),
    '--world',
    folder,
    ...(site.length > 0 ? site : ['--no-site']),
  ]);
  programs.push(program);
  await expect.poll(program.output, { timeout: 30_000 }).toContain('agents, lives');
  const { owner } = loadWorld(folder)!;
  const api = new Api(`http://127.0.0.1:${port}`);
  const clock = async () => (await api.sql(DATABASE, 'SELECT * FROM clock', owner))[0];
  return {
    program,
    port,
    tick: async () => Number((await clock().catch(() => undefined))?.['tick'] ?? 0),
  };
}

/** The id of the one process whose command line has all of these parts. */
async function processOf(...parts: string[]): Promise<number> {
  const lines = (await run('ps', ['-axww', '-o', 'pid=,args='])).split('\n');
  const found = lines.filter((line) => parts.every((part) => line.includes(part)));
  const [own] = parts.includes('supervisor.ts') ? found : found.filter((line) => !line.includes('supervisor.ts'));
  return Number(/\d+/.exec(own ?? '')?.[0] ?? 0);
}

/** Kills a process, and waits until another has taken its place. */
async function replace(...parts: string[]): Promise<void> {
  const pid = await processOf(...parts);
  expect(pid).toBeGreaterThan(0);
  process.kill(pid, 'SIGKILL');
  await expect
    .poll(async () => ![0, pid].includes(await processOf(...parts)), { timeout: 30_000, intervals: [250] })
    .toBe(true);
}

const saysOnce = (program: Program, line: string) => expect(program.output().split(line).length - 1).toBe(1);

test('a killed service is started again, and the world goes on', async ({ folder }) => {
  const world = join(folder, 'world');
  const { program, tick, port } = await start(world);
  for (const name of ['archivist', 'thinker']) {
    const before = await tick();
    await replace(`${name}/main.ts`, String(port));
    expect(await tick()).toBeGreaterThan(before);
    saysOnce(program, `The ${name} ended (SIGKILL) and starts again in 1 s; see ${world}/${name}.log.`);
  }
  expect(program.child.exitCode).toBeNull();
  expect(await interrupt(program)).toBe(0);
});

for (const [what, part] of [
  ['host', 'spacetimedb-standalone start'],
  ['supervisor of the host', 'supervisor.ts'],
] as const)
  test(`after its ${what} was killed, the world goes on at the same port, with its past and its clients`, async ({
    folder,
  }) => {
    const world = join(folder, 'world');
    const { program, tick, port } = await start(world);
    await expect.poll(tick, { timeout: 20_000 }).toBeGreaterThan(20);
    const before = await tick();
    await replace(part, join(world, 'data'));
    await expect.poll(tick, { timeout: 30_000 }).toBeGreaterThan(before);
    saysOnce(program, `The host ended (SIGKILL) and starts again in 1 s; see ${world}/host.log.`);
    await expect.poll(program.output, { timeout: 30_000 }).toContain('the connection is back');
    saysOnce(program, 'connection lost: ');
    // The services are clients that reconnect, so none of them was started again.
    for (const name of ['archivist', 'thinker']) {
      expect(await processOf(`${name}/main.ts`, String(port))).toBeGreaterThan(0);
      expect(program.output()).not.toContain(`The ${name} ended`);
    }
    expect(await interrupt(program)).toBe(0);
    expect(await processOf(join(world, 'data'))).toBe(0);
  });

test('after its site server was killed, the site is served again at the same address', async ({ folder }) => {
  // The site is built first.
  test.setTimeout(240_000);
  const world = join(folder, 'world');
  const sitePort = String(await freePort());
  const { program } = await start(world, '--site-port', sitePort);
  const url = `http://127.0.0.1:${sitePort}`;
  await expect.poll(program.output, { timeout: 180_000, intervals: [500] }).toMatch(new RegExp(`site +${url}$`, 'm'));
  await replace('astro.mjs preview', sitePort);
  const isServed = () =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(isServed, { timeout: 30_000 }).toBe(true);
  saysOnce(program, `The site server ended (SIGKILL) and starts again in 1 s; see ${world}/site.log.`);
  expect(await interrupt(program)).toBe(0);
  expect(await isServed()).toBe(false);
});

test('Ctrl-C ends a world whose host is down at once, and leaves nothing behind', async ({ folder }) => {
  const world = join(folder, 'world');
  const { program } = await start(world);
  process.kill(await processOf('spacetimedb-standalone start', join(world, 'data')), 'SIGKILL');
  await expect.poll(program.output).toContain('The host ended (SIGKILL)');
  expect(await interrupt(program)).toBe(0);
  expect(program.output()).not.toContain('fetch failed');
  expect(await processOf(world)).toBe(0);
});
