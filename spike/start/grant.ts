import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AUDIENCE } from '../client/world-constants.ts';
import { Api, Refused, type Account } from '../host/api.ts';
import { HELP, readGrantOptions, type GrantOptions } from './grant-options.ts';
import { fail, line } from './output.ts';
import { loadWorld } from './saved-world.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** @returns the lines to print */
async function carryOut({ change, world, url, database }: GrantOptions): Promise<string[]> {
  const owner = ownerOf(world);
  const api = new Api(url.replace(/\/+$/, ''));
  if (!(await api.answers()))
    throw new Error(`${url} does not answer: start the world with \`npm start\`, or name its address with --url.`);
  const call = (reducer: string, ...args: unknown[]) => api.call(database, reducer, args, owner);
  switch (change.kind) {
    case 'grant':
      await call('grant_role', [`0x${change.identity}`], { [change.role]: [] });
      return [`${change.identity} has the role ${change.role} now.`];
    case 'revoke':
      await call('revoke_role', [`0x${change.identity}`]);
      return [`${change.identity} has no role any more.`];
    case 'list': {
      const rows = await api.sql(database, 'SELECT * FROM role_grant', owner);
      return rows.map(({ identity, audience }) => {
        const role =
          Object.entries(AUDIENCE).find(([, number]) => number === audience)?.[0] ?? `role ${String(audience)}`;
        return `${role.padEnd(11)}${String((identity as [string])[0]).replace(/^0x/, '')}`;
      });
    }
  }
}

/** Only the token counts for the host; the identity is part of it. */
function ownerOf(world: string): Account {
  const token = process.env['SPELLKAVE_TOKEN'];
  if (token) return { identity: '', token };
  const saved = loadWorld(resolve(ROOT, world));
  if (saved) return saved.owner;
  throw new Error(
    `There is no world in ${world}: name its folder with --world, or give the owner's token in SPELLKAVE_TOKEN.`,
  );
}

/** The host answers 401 to a token that it did not sign: the folder belongs to another host. */
function explain(error: unknown, { world, url }: GrantOptions): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof Refused) return new Error(`The world refused it: ${error.message}`);
  if (/: 401 /.test(error.message))
    return new Error(`${url} rejects the owner's token: the world in ${world} runs elsewhere, so name its --url.`);
  return error;
}

let options: GrantOptions | undefined;
try {
  options = readGrantOptions(process.argv.slice(2));
} catch (error) {
  fail(error);
  process.exit(2);
}
if (!options) {
  line(HELP);
} else {
  const asked = options;
  await carryOut(asked).then(
    (lines) => lines.forEach((text) => line(text)),
    (error: unknown) => {
      fail(explain(error, asked));
      process.exitCode = 1;
    },
  );
}
