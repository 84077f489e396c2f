/** Gives people of the old world their tokens for the new one: `node spike/rival/exit/exchange.ts --help`. */
import { readFileSync } from 'node:fs';
import { env, stdin } from 'node:process';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { nowMicros } from '../server/now.ts';
import { Tokens } from '../server/token.ts';
import { identityIn } from './old-token.ts';

const HELP = `Reads tokens of the old host, one a line, and prints for each the game server's token of the same identity.

  node spike/rival/exit/exchange.ts --public-key FILE < old-tokens

  --public-key FILE   of the old host: keys/id_ecdsa.pub in the world's folder
  --help              show this text

RIVAL_SECRET is the game server's secret. A token that the old host did not sign gets an empty line and an error.`;

async function exchange(keyFile: string, secret: string): Promise<void> {
  const publicKey = readFileSync(keyFile, 'utf8');
  const tokens = new Tokens(secret);
  let number = 0;
  for await (const line of createInterface({ input: stdin })) {
    number++;
    try {
      console.log(tokens.sign(identityIn(line.trim(), publicKey, nowMicros() / 1_000_000)));
    } catch (error) {
      console.log('');
      console.error(`Line ${number}: ${(error as Error).message}.`);
      process.exitCode = 1;
    }
  }
}

try {
  const { values } = parseArgs({
    options: { 'public-key': { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
  });
  const secret = env['RIVAL_SECRET'];
  if (values.help) console.log(HELP);
  else if (values['public-key'] === undefined)
    throw new Error('--public-key is missing: name keys/id_ecdsa.pub of the old world.');
  else if (!secret) throw new Error('RIVAL_SECRET is not set: give the secret that the game server signs with.');
  else await exchange(values['public-key'], secret);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
