/**
 * Where a client keeps the token that proves its identity. Given to `connect`, because a browser, a service and a test
 * keep it in different places. Losing it means becoming somebody else.
 */
export interface TokenStore {
  load(): string | undefined;
  save(token: string): void;
}

/** Keeps the token for as long as the process lives. */
export function memoryTokens(token?: string): TokenStore {
  let kept = token;
  return {
    load: () => kept,
    save: (next) => {
      kept = next;
    },
  };
}
