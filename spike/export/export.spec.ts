import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test as base, type TestWorld } from '../fixture.ts';
import { startScript } from '../program.fixture.ts';
import { saveWorld } from '../start/saved-world.ts';
import { readExport } from './file/reader.ts';
import { TABLES } from './file/rows.ts';
import { stallWebSockets } from './held.fixture.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

interface Ended {
  code: number | null;
  output: string;
}

const test = base.extend<{ where: string[]; file: string; run: (...args: string[]) => Promise<Ended> }>({
  file: ({ folder }, use) => use(join(folder, 'out.ndjson')),
  where: async ({ world, folder }, use) => {
    saveWorld(folder, { owner: world.owner, thinker: world.owner, module: '', founded: true });
    await use(['--url', world.host.url, '--database', world.database, '--world', folder]);
  },
  run: async ({ where }, use) => {
    await use(async (...args) => {
      const program = startScript(MAIN, [...where, ...args], { SPELLKAVE_TOKEN: '' });
      return { code: await program.ended, output: program.output() };
    });
  },
});

async function standing(world: TestWorld): Promise<{ paused: unknown; notice: unknown }> {
  const [clock] = await world.sql('SELECT * FROM clock');
  const [notice] = await world.sql('SELECT * FROM pause_notice');
  return { paused: clock?.['paused'], notice: notice?.['reason'] };
}
const RUNS = { paused: false, notice: undefined };

test('exports every row at one instant, and the world goes on', async ({ world, run, file }) => {
  const nils = await world.player('Nils');
  await world.call('act', [{ Say: 'It\u2019s "salt" – 漢' }], nils);
  await world.call('ask', [3, 'Well?'], nils);
  const { code, output } = await run(file);
  expect(output).toMatch(
    /^Exported t\w+ to .*: [\d,]+ rows, [\d,]+ kB\.\nIt holds 31 agents, [\d,]+ gold and \d+ open/,
  );
  expect(output).toMatch(/The world stood still for \d+\.\d s, and goes on\.\n$/);
  expect(code).toBe(0);
  expect(await standing(world)).toEqual(RUNS);
  const { header, rows } = await readExport(file);
  expect(header).toMatchObject({ database: world.database, was: { paused: false, notice: '' } });
  expect(rows.clock[0]?.paused).toBe(true);
  const counted = [
    'agent',
    'agent_profile',
    'place',
    'exit',
    'route',
    'good',
    'stall',
    'player',
    'role_grant',
  ] as const;
  for (const table of counted)
    expect([table, rows[table].length]).toEqual([table, (await world.sql(`SELECT * FROM ${table}`)).length]);
  expect(rows.player).toEqual([{ identity: nils.identity, agent: nils.agent, online: false }]);
  expect(rows.event.find(({ kind }) => kind === 'say')?.words).toBe('It\u2019s "salt" – 漢');
  expect(rows.said.flatMap(({ lines }) => lines)).toEqual([{ speaker: nils.agent, words: 'It\u2019s "salt" – 漢' }]);
  const [question] = rows.think_request.filter(({ priority }) => priority === 'Question');
  const context = rows.think_context.find(({ request }) => request === question?.id);
  expect(JSON.parse(context?.payload ?? '{}')).toMatchObject({ question: 'Well?', asker: 'Nils' });
  // The treasury's row has an id that a JSON number would round.
  expect(rows.holding.find(({ holder }) => holder === 4_294_967_295)?.id).toBe(4_294_967_295n << 32n);
  for (const table of TABLES) expect(Array.isArray(rows[table])).toBe(true);
});

test('leaves the world standing when it moves, tells players why, and lets it go on again', async ({
  world,
  run,
  file,
}) => {
  const nils = await world.player('Nils');
  expect(await run('--stay-paused', file)).toMatchObject({ code: 0 });
  expect(await standing(world)).toEqual({ paused: true, notice: 'it is being exported' });
  await expect(world.call('act', [{ Say: 'Well?' }], nils)).rejects.toThrow(
    'the world stands still: it is being exported',
  );
  const again = join(file, '..', 'again.ndjson');
  expect((await run('--stay-paused', again)).code).toBe(0);
  expect((await readExport(again)).header.was).toEqual({ paused: false, notice: '' });
  expect(await run('--resume')).toEqual({ code: 0, output: 'The world goes on.\n' });
  expect(await standing(world)).toEqual(RUNS);
});

test('puts a world that stood still back to how it stood', async ({ world, run, file, folder }) => {
  await world.call('pause_clock');
  expect((await run(file)).output).toContain('and is paused as it was before.');
  expect(await standing(world)).toEqual({ paused: true, notice: undefined });
  await world.call('pause_clock_for', ['the disk is nearly full']);
  const other = join(folder, 'other.ndjson');
  expect((await run(other)).code).toBe(0);
  expect(await standing(world)).toEqual({ paused: true, notice: 'the disk is nearly full' });
  expect((await readExport(other)).header.was).toEqual({ paused: true, notice: 'the disk is nearly full' });
});

test('replaces no file, and does not pause the world for it', async ({ world, run, file }) => {
  writeFileSync(file, 'mine');
  const { code, output } = await run(file);
  expect(output).toContain('replaces no file');
  expect(code).toBe(1);
  expect(statSync(file).size).toBe(4);
  expect(await standing(world)).toEqual(RUNS);
});

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`${signal} lets the world go on and leaves no file`, async ({ world, where, file, folder }) => {
    const way = await stallWebSockets(world.host.url);
    const program = startScript(MAIN, [...where, '--url', way.url, file], { SPELLKAVE_TOKEN: '' });
    await way.stalled;
    expect(await standing(world)).toEqual({ paused: true, notice: 'it is being exported' });
    program.child.kill(signal);
    expect(await program.ended).toBe(code);
    expect(program.output()).toContain('The export was interrupted. There is no file, and the world is as it was.');
    expect(await standing(world)).toEqual(RUNS);
    expect(readdirSync(folder)).toEqual(['world.json']);
    way.close();
  });
}

test('a connection that breaks lets the world go on and leaves no file', async ({ world, where, file }) => {
  const way = await stallWebSockets(world.host.url);
  const program = startScript(MAIN, [...where, '--url', way.url, file], { SPELLKAVE_TOKEN: '' });
  await way.stalled;
  way.cut();
  expect(await program.ended).toBe(1);
  expect(program.output()).toContain('the connection was lost');
  expect(await standing(world)).toEqual(RUNS);
  expect(existsSync(file)).toBe(false);
  way.close();
});

test('says so when it cannot let the world go on', async ({ world, where, file }) => {
  const way = await stallWebSockets(world.host.url);
  const program = startScript(MAIN, [...where, '--url', way.url, file], { SPELLKAVE_TOKEN: '' });
  await way.stalled;
  way.close();
  expect(await program.ended).toBe(1);
  expect(program.output()).toContain('The world may still stand still: ');
  expect(program.output()).toContain('`npm run export -- --resume`');
});

test('names the fix when there is no world, no host, another owner or another database', async ({
  world,
  run,
  file,
  folder,
}) => {
  const missing = join(folder, 'nowhere');
  expect((await run('--world', missing, file)).output).toContain(`There is no world in ${missing}: name its folder`);
  expect((await run('--url', 'http://127.0.0.1:9', file)).output).toContain('http://127.0.0.1:9 does not answer');
  expect((await run('--database', 'nowhere', file)).output).toContain('has no database nowhere: name the world');
  const stranger = await world.account();
  saveWorld(missing, { owner: stranger, thinker: stranger, module: '', founded: true });
  expect((await run('--world', missing, file)).output).toBe(
    'The world refused it: only the role Owner may pause the clock\n',
  );
  saveWorld(missing, { owner: { ...stranger, token: 'a.b.c' }, thinker: stranger, module: '', founded: true });
  expect((await run('--world', missing, file)).output).toContain("rejects the owner's token");
  expect(existsSync(file)).toBe(false);
});

test('rejects a wrong command line with exit code 2, and prints help without colours', async () => {
  const program = startScript(MAIN, [], { NO_COLOR: '1' });
  expect(await program.ended).toBe(2);
  expect(program.output()).toBe('0 files are named: name one, such as world.ndjson.\n');
  const help = startScript(MAIN, ['--help']);
  expect(await help.ended).toBe(0);
  expect(help.output()).toContain('--stay-paused');
});
