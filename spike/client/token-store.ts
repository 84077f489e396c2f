/**
 * Where a client keeps the token that proves its identity. A browser, a service and a test keep it in different places.
 * A client that loses its token becomes somebody else.
 */
export interface TokenStore {
  load(): string | undefined;
  save(token: string): void;
}

/** A store that outlives the client, so it may hold a token that the host no longer accepts. */
export interface LastingTokens extends TokenStore {
  /** The host rejected the token: the next connection gets a new identity. */
  forget(): void;
}

/** Keeps the token as long as the process lives. */
export function memoryTokens(token?: string): TokenStore {
  let kept = token;
  return {
    load: () => kept,
    save: (next) => {
      kept = next;
    },
  };
}
