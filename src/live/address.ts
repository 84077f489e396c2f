/** Which world the page watches, and as whom. */
export interface Address {
  host: string;
  database: string;
  /** Of the world's owner, as `npm start` prints it. */
  token: string | undefined;
  /** Which part of the fragment is none, in a sentence; its usual value stands in its place. */
  fault: string | undefined;
}

const HOST = 'http://127.0.0.1:3000';
const DATABASE = 'spellkave';

/**
 * Reads the fragment of the page's own address, `#host=…&database=…&token=…`; each part may be left out. A fragment is
 * never sent to a server.
 */
export function readAddress(fragment: string): Address {
  const parts = new URLSearchParams(fragment.replace(/^#/, ''));
  const [host, database] = [parts.get('host') ?? HOST, parts.get('database') ?? DATABASE];
  const usual = { host: HOST, database: DATABASE, token: undefined };
  const url = URL.parse(host);
  if (!url || !/^https?:$/.test(url.protocol)) return { ...usual, fault: `“${host}” is not the address of a host.` };
  if (!/^[a-z0-9][a-z0-9-]*$/i.test(database))
    return { ...usual, fault: `“${database}” is not the name of a database.` };
  return { host: url.origin, database, token: parts.get('token') ?? undefined, fault: undefined };
}

/** Whether a host name means the machine that the browser runs on. */
export function isHere(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
