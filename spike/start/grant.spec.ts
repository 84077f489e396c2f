import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test as base, type TestWorld } from '../fixture.ts';
import { freePort } from '../host/port.ts';
import { startScript } from '../program.fixture.ts';
import { saveWorld } from './saved-world.ts';

const MAIN = fileURLToPath(new URL('grant.ts', import.meta.url));
type Grant = (...args: string[]) => Promise<{ code: number | null; output: string }>;

const test = base.extend<{ grant: Grant }>({
  grant: async ({ world, folder }, use) => {
    saveWorld(folder, { owner: world.owner, thinker: world.owner, module: '', founded: true });
    const where = ['--url', world.host.url, '--database', world.database, '--world', folder];
    await use((...args) => grantIn(...where, ...args));
  },
});

/** Later options win, so a test can name another host or folder. */
async function grantIn(...args: string[]): Promise<{ code: number | null; output: string }> {
  const program = startScript(MAIN, args, { SPELLKAVE_TOKEN: '' });
  return { code: await program.ended, output: program.output() };
}

async function rolesIn(world: TestWorld): Promise<Record<string, unknown>> {
  const rows = await world.sql('SELECT * FROM role_grant');
  return Object.fromEntries(
    rows.map(({ identity, audience }) => [String((identity as [string])[0]).slice(2), audience]),
  );
}

test('grants a role, replaces it, lists it and takes it away', async ({ world, grant }) => {
  const { identity } = await world.account();
  expect(await grant('--role', 'thinker', identity)).toEqual({
    code: 0,
    output: `${identity} has the role Thinker now.\n`,
  });
  expect(await rolesIn(world)).toEqual({ [world.owner.identity]: 0, [identity]: 1 });
  await grant('--role', 'archivist', `0x${identity}`);
  expect((await grant('--list')).output.split('\n')).toEqual(
    expect.arrayContaining([`Owner      ${world.owner.identity}`, `Archivist  ${identity}`]),
  );
  expect(await grant('--revoke', identity)).toEqual({ code: 0, output: `${identity} has no role any more.\n` });
  expect(await rolesIn(world)).toEqual({ [world.owner.identity]: 0 });
});

test("prints the world's reason for a refusal and exits with 1", async ({ world, grant }) => {
  const { identity } = await world.account();
  expect(await grant('--revoke', identity)).toEqual({
    code: 1,
    output: `The world refused it: ${identity} holds no role\n`,
  });
  const own = await grant('--role', 'thinker', world.owner.identity);
  expect(own).toEqual({ code: 1, output: 'The world refused it: an owner cannot change their own role\n' });
});

test('names the fix when there is no world, no host, or a host that does not know the owner', async ({
  world,
  grant,
  folder,
}) => {
  const missing = join(folder, 'nowhere');
  expect((await grant('--list', '--world', missing)).output).toContain(
    `There is no world in ${missing}: name its folder`,
  );
  const nobody = `http://127.0.0.1:${await freePort()}`;
  expect((await grant('--list', '--url', nobody)).output).toContain(`${nobody} does not answer: start the world`);
  const stranger = { identity: 'c2'.repeat(32), token: 'not.a.token' };
  saveWorld(folder, { owner: stranger, thinker: stranger, module: '', founded: true });
  const { identity } = await world.account();
  const rejected = await grant('--role', 'thinker', identity);
  expect(rejected).toEqual({
    code: 1,
    output: `${world.host.url} rejects the owner's token: the world in ${folder} runs elsewhere, so name its --url.\n`,
  });
});

test('rejects a wrong command line with exit code 2', async () => {
  expect(await grantIn('--role', 'thinker')).toMatchObject({ code: 2 });
});
