import { fileTokens } from './token-file.ts';
import { memoryTokens, type TokenStore } from './token-store.ts';
import { worldKey } from './world-key.ts';

export interface ServiceTokensOptions {
  url: string;
  database: string;
  /** From `--token-file`. */
  file: string | undefined;
  /** From SPELLKAVE_TOKEN. */
  token: string | undefined;
  /** Named in the error. */
  role: string;
}

/**
 * The identity of a client that runs without a person: from a file, which is made where it is missing, or from the
 * environment.
 * @throws Error when neither is given, or the file cannot be used
 */
export function serviceTokens({ url, database, file, token, role }: ServiceTokensOptions): TokenStore {
  if (file) return fileTokens(file, worldKey({ url, database }));
  if (token) return memoryTokens(token);
  throw new Error(
    `SPELLKAVE_TOKEN is not set: give the token of an identity with the role ${role}, or --token-file to keep a new one.`,
  );
}
