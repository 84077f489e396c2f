import { parseArgs } from 'node:util';
import { readRegion, type RegionAddress } from '../client/region-address.ts';
import { serviceTokens } from '../client/service-tokens.ts';
import type { TokenStore } from '../client/token-store.ts';

/** The pinned host starts a sync every 500 ms, and its flush and sync take up to 400 ms more. */
const WAIT_MS = 1_000;

export const HELP = `Carries travellers between the regions of one world.

  npm run relay -- --region URL/DATABASE --region URL/DATABASE [options]

  --region ADDRESS   a region: its host and database, such as http://127.0.0.1:3000/north; at least two
  --wait-ms MS       how long a row must be visible before it counts as durable  (${WAIT_MS})
  --token-file FILE  this relay's identity; a missing file is created
  --help             show this text

Without --token-file, SPELLKAVE_TOKEN is the relay's identity. The owner of each region grants it the role Relay.
Any number of relays may run: they keep nothing, and a step that comes twice changes nothing.`;

export interface Options {
  regions: (RegionAddress & { tokens: TokenStore })[];
  waitMs: number;
}

/**
 * Reads the command line and the environment.
 * @returns undefined when help was asked for
 * @throws Error that names the option or variable, its rule and the fix
 */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options | undefined {
  const { values } = parseArgs({
    args,
    options: {
      region: { type: 'string', multiple: true, default: [] },
      'wait-ms': { type: 'string', default: String(WAIT_MS) },
      'token-file': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const addresses = values.region.map(addressOf);
  if (addresses.length < 2)
    throw new Error(`--region was given ${addresses.length} times: name at least two regions, each as URL/DATABASE.`);
  const tokens = (address: RegionAddress) =>
    serviceTokens({ ...address, file: values['token-file'], token: env['SPELLKAVE_TOKEN'], role: 'Relay' });
  return {
    regions: addresses.map((address) => ({ ...address, tokens: tokens(address) })),
    waitMs: waitOf(values['wait-ms']),
  };
}

function addressOf(typed: string): RegionAddress {
  const region = readRegion(typed);
  if (!region)
    throw new Error(`--region ${typed} is not an address: use URL/DATABASE, such as http://127.0.0.1:3000/north.`);
  return region;
}

function waitOf(typed: string): number {
  const waitMs = Number(typed);
  if (!/^\d+$/.test(typed) || waitMs > 60_000)
    throw new Error(`--wait-ms ${typed} is out of range: use a whole number from 0 to 60000.`);
  return waitMs;
}
