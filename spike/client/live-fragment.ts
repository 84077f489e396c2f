/** Where a page asks for the owner's token, and with which code. */
export interface Opening {
  /** Of the owner's channel, on 127.0.0.1. */
  port: number;
  /** Opens once. */
  code: string;
}

/**
 * The fragment of the live page's address, without the `#`, e.g. `open=40123-k7m2…`. It is short, and worthless once it
 * was used. Browsers never send a fragment to a server.
 */
export function liveFragment({ port, code }: Opening): string {
  return `open=${port}-${code}`;
}

/** @returns undefined when the fragment asks for nothing */
export function readOpening(fragment: string): Opening | undefined {
  const [, port = '', code = ''] = /(?:^|[#&])open=(\d{1,5})-([a-z2-9]+)(?=&|$)/.exec(fragment) ?? [];
  return code && Number(port) >= 1 && Number(port) <= 65_535 ? { port: Number(port), code } : undefined;
}
