import { parseArgs } from 'node:util';

export const HELP = `Grants a role in a world to an identity, or takes it away. Uses the owner's token from the world's folder.

  npm run grant -- --role ROLE IDENTITY
  npm run grant -- --revoke IDENTITY
  npm run grant -- --list

  --role ROLE      thinker, archivist, relay, player or owner
  --revoke         take the identity's role away
  --list           show who has which role
  --world FOLDER   where the world is saved     (.spellkave/world)
  --url URL        the host                     (http://127.0.0.1:3000)
  --database NAME  the world                    (spellkave)
  --help           show this text

A thinker, an archivist and a relay print their identity when they wait for a role. An identity has one role: a new one
replaces the old one. SPELLKAVE_TOKEN names an owner's token to use instead of the one in the folder.`;

const ROLES = { thinker: 'Thinker', archivist: 'Archivist', relay: 'Relay', player: 'Player', owner: 'Owner' } as const;
export type RoleName = (typeof ROLES)[keyof typeof ROLES];

/** 64 hexadecimal digits, in lower case and without a prefix. */
export type Identity = string;

export type Change =
  { kind: 'grant'; role: RoleName; identity: Identity } | { kind: 'revoke'; identity: Identity } | { kind: 'list' };

export interface GrantOptions {
  change: Change;
  world: string;
  url: string;
  database: string;
}

/**
 * @returns undefined when help was asked for
 * @throws Error that names the option, its value and what it takes
 */
export function readGrantOptions(args: string[]): GrantOptions | undefined {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      role: { type: 'string' },
      revoke: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      world: { type: 'string', default: '.spellkave/world' },
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      database: { type: 'string', default: 'spellkave' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  if (!/^https?:$/.test(URL.parse(values.url)?.protocol ?? ''))
    throw new Error(`--url ${values.url} is not the address of a host: use one like http://127.0.0.1:3000.`);
  const { world, url, database } = values;
  return { change: changeOf(values, positionals), world, url, database };
}

function changeOf(
  { role, revoke, list }: { role?: string | undefined; revoke: boolean; list: boolean },
  identities: string[],
): Change {
  if ([role !== undefined, revoke, list].filter(Boolean).length !== 1)
    throw new Error('What should happen? Use one of --role ROLE IDENTITY, --revoke IDENTITY and --list.');
  if (list) {
    if (identities.length > 0) throw new Error(`--list takes no identity: leave ${identities.join(' ')} out.`);
    return { kind: 'list' };
  }
  const [identity, ...more] = identities.map(identityOf);
  if (!identity || more.length > 0)
    throw new Error(`${identities.length} identities are named: name one, as the waiting program prints it.`);
  return role === undefined ? { kind: 'revoke', identity } : { kind: 'grant', role: roleOf(role), identity };
}

function roleOf(text: string): RoleName {
  const role = (ROLES as Record<string, RoleName | undefined>)[text.toLowerCase()];
  if (!role) throw new Error(`--role ${text} is not a role: use ${Object.keys(ROLES).join(', ')}.`);
  return role;
}

function identityOf(text: string): Identity {
  const [, digits] = /^(?:0x)?([0-9a-f]{64})$/i.exec(text) ?? [];
  if (!digits)
    throw new Error(`${text} is not an identity: use its 64 hexadecimal digits, as the waiting program prints them.`);
  return digits.toLowerCase();
}
