/**
 * Names one world among all hosts, the same however its address is written. Tokens are kept under it, because a token is
 * worthless and private elsewhere.
 */
export function worldKey({ url, database }: { url: string; database: string }): string {
  // The host does not distinguish capitals in the names of databases.
  return `${canonicalUrl(url)}/${database.toLowerCase()}`;
}

/** The key of today for one that an earlier version wrote, which kept the address as it was typed. */
export function currentKey(key: string): string {
  const end = key.lastIndexOf('/');
  return end < 0 ? key : worldKey({ url: key.slice(0, end), database: key.slice(end + 1) });
}

/** Other spellings of "a port of this machine"; a host listens on 127.0.0.1. */
const LOOPBACK = ['localhost', '[::1]', '[::ffff:7f00:1]', '0.0.0.0', '[::]'];
const PROTOCOLS: Record<string, string> = { 'ws:': 'http:', 'wss:': 'https:' };

/** `URL` already lowers the host's name, drops the usual port, and writes numbers of IPv4 and IPv6 in one way. */
function canonicalUrl(text: string): string {
  const url = URL.parse(text);
  if (!url?.host) return text;
  const name = url.hostname.replace(/\.$/, '');
  const host = LOOPBACK.includes(name) ? '127.0.0.1' : name;
  const port = url.port && `:${url.port}`;
  // The SDK resolves its addresses against this one, so what follows the last slash has no effect.
  const path = url.pathname.replaceAll(/\/+/g, '/').replace(/[^/]*$/, '');
  return `${PROTOCOLS[url.protocol] ?? url.protocol}//${host}${port}${path === '/' ? '' : path}`;
}
