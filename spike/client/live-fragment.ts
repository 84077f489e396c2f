/** A world as the live page watches it, and with a token, as whom. */
export interface LiveAddress {
  /** Of the host, e.g. `http://127.0.0.1:3000`. */
  host: string;
  database: string;
  token: string;
}

/**
 * The fragment of the live page's address, without the `#`. Anyone who has the token has its rights. Browsers never
 * send a fragment to a server.
 */
export function liveFragment({ host, database, token }: LiveAddress): string {
  return new URLSearchParams({ host, database, token }).toString();
}
