import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { TokenStore } from '../client/token-store.ts';

/**
 * Keeps the token of one thinker in a file that only its user may read. Without the file the host makes a new identity,
 * and its token is written there.
 * @throws Error when the file is there and holds nothing
 */
export function fileToken(file: string): TokenStore {
  let token = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  if (token === '') throw new Error(`${file} holds no token; remove it to get a new identity.`);
  return {
    load: () => token,
    save(next) {
      if (token !== undefined) return;
      token = next;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${next}\n`, { mode: 0o600 });
    },
  };
}
