import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { TokenStore } from '../client/token-store.ts';

const Tokens = z.record(z.string(), z.string());
type Tokens = z.infer<typeof Tokens>;

export interface PlayerTokens extends TokenStore {
  /** A token that its host refuses is kept aside in the file: the next connection is a stranger's. */
  forget(): void;
}

/**
 * Keeps the tokens of one player, one for each host and world, in a file that only its user may read.
 * @param world what tells worlds apart, e.g. `http://127.0.0.1:3000/spellkave`
 * @throws Error when the file is there and holds something else
 */
export function fileTokens(file: string, world: string): PlayerTokens {
  let token = read(file)[world];
  return {
    load: () => token,
    save(next) {
      if (token === next) return;
      token = next;
      // Another client may have written to the file since it was read.
      write(file, { ...read(file), [world]: next });
    },
    forget() {
      if (token === undefined) return;
      const { [world]: _, ...others } = read(file);
      write(file, { ...others, [`${world} until ${new Date().toISOString()}`]: token });
      token = undefined;
    },
  };
}

function read(file: string): Tokens {
  if (!existsSync(file)) return {};
  const text = readFileSync(file, 'utf8');
  try {
    return Tokens.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${file} holds no tokens; move it aside to begin as somebody new.`, { cause: error });
  }
}

/** Whoever loses a token becomes somebody else, so the file is replaced as a whole. */
function write(file: string, tokens: Tokens): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(tokens, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
