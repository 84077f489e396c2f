import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { TokenStore } from '../client/token-store.ts';

const Tokens = z.record(z.string(), z.string());

/**
 * Keeps the tokens of one player, one for each host and world, in a file that only its user may read.
 * @param world what tells worlds apart, e.g. `http://127.0.0.1:3000/spellkave`
 * @throws Error when the file is there and holds something else
 */
export function fileTokens(file: string, world: string): TokenStore {
  const tokens = read(file);
  return {
    load: () => tokens[world],
    save(token) {
      if (tokens[world] === token) return;
      tokens[world] = token;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(tokens, null, 2)}\n`, { mode: 0o600 });
    },
  };
}

function read(file: string): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {};
  }
  const parsed = Tokens.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${file} holds no tokens; move it aside to begin as somebody new.`);
  return parsed.data;
}
