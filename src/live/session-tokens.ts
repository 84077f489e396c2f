import { memoryTokens, type LastingTokens } from '../../spike/client/token-store.ts';
import { worldKey } from '../../spike/client/world-key.ts';
import type { Address } from './address.ts';

/**
 * Keeps a token for as long as the tab lives, under the world that it is for: no other host is ever shown it.
 * A browser that forbids storage keeps it for as long as the page lives.
 */
export function sessionTokens({ host, database, token }: Address): LastingTokens {
  const key = `spellkave ${worldKey({ url: host, database })}`;
  const memory = memoryTokens(token);
  const attempt = <T>(stored: () => T): T | undefined => {
    try {
      return stored();
    } catch {
      return undefined;
    }
  };
  const save = (next: string) => {
    memory.save(next);
    attempt(() => sessionStorage.setItem(key, next));
  };
  if (token) save(token);
  return {
    load: () => attempt(() => sessionStorage.getItem(key)) || memory.load() || undefined,
    save,
    forget: () => save(''),
  };
}
