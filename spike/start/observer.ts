import { Console } from 'node:console';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { connect, type Link } from '../client/connect.ts';
import { memoryTokens } from '../client/token-store.ts';
import type { MindOption } from './options.ts';
import { isTerminal, note, showStatus } from './output.ts';
import { of, type Region } from './region.ts';
import type { Shutdown } from './shutdown.ts';
import { StatusLine, STATUS_QUERIES } from './status.ts';

/** A terminal rewrites one line each second. A log gets a new line each time, so it gets one less often. */
const STATUS_MS = isTerminal ? 1_000 : 10_000;
/** How long a terminal shows each of several regions. */
const SECONDS_EACH = 3;

/** The SDK prints to the console, also cache errors that are harmless on this host (SpacetimeDB issue 2894). */
export function keepConsoleQuiet(folder: string): void {
  globalThis.console = new Console(createWriteStream(join(folder, 'observer.log'), { flags: 'a', mode: 0o600 }));
}

/** Subscribes to a region as a client without any role, for the status line. */
export function observe(url: string, region: Region, shutdown: Shutdown): Link {
  let isLost = false;
  const link = connect({
    url,
    database: region.database,
    tokens: memoryTokens(),
    queries: ['SELECT * FROM place', ...STATUS_QUERIES],
    onStatus(now) {
      if (shutdown.ending) return;
      if (now.state === 'lost' && !isLost) note(of(region, `connection lost: ${now.reason}`));
      else if (now.state === 'live' && isLost) note(of(region, 'the connection is back'));
      if (now.state === 'lost' || now.state === 'live') isLost = now.state === 'lost';
    },
  });
  shutdown.add(() => link.close());
  return link;
}

/** Shows the status line until the shutdown. A terminal shows several regions in turn, and a log a line for each. */
export function keepStatus(observed: { region: Region; link: Link }[], mind: MindOption, shutdown: Shutdown): void {
  const lines = observed.map(({ region, link }) => ({ region, link, status: new StatusLine(mind.name) }));
  let turn = 0;
  const timer = setInterval(() => {
    if (shutdown.ending) return;
    const texts = lines.map(({ region, link, status }) => link.db && of(region, status.render(link.db)));
    const shown = isTerminal ? [texts[Math.floor(turn++ / SECONDS_EACH) % texts.length]] : texts;
    for (const text of shown) if (text) showStatus(text);
  }, STATUS_MS);
  shutdown.add(() => clearInterval(timer));
}
