import { memoryTokens } from '../client/token-store.ts';
import type { TestWorld } from '../fixture.ts';
import type { Account } from '../host/api.ts';
import type { Mind } from './mind.ts';
import { startThinker, type Thinker, type ThinkerOptions } from './thinker.ts';

/** The exact counters of the think queue. */
export async function queueOf(world: TestWorld): Promise<Record<string, unknown> | undefined> {
  return (await world.sql('SELECT * FROM think_queue'))[0];
}

/** A thinker within this process, and the lines that it logs. */
export function think(
  { host, database }: Pick<TestWorld, 'host' | 'database'>,
  account: Account,
  mind: Mind,
  options: Partial<ThinkerOptions> = {},
): { thinker: Thinker; lines: string[] } {
  const lines: string[] = [];
  const thinker = startThinker({
    url: host.url,
    database,
    tokens: memoryTokens(account.token),
    mind,
    concurrency: 4,
    timeoutMs: 5_000,
    log: (line) => lines.push(line),
    ...options,
  });
  return { thinker, lines };
}
