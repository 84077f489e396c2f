import { connect } from '../../spike/client/connect.ts';
import { memoryTokens } from '../../spike/client/token-store.ts';
import type { Lab } from '../harness/lab.ts';
import { newThinker } from './thinkers.ts';

/**
 * A broken thinker: it does not react to rows, but looks for work at an interval. What it finds it answers at once.
 * @param leases requests that it takes at most when it looks
 * @returns what stops it
 */
export async function startPoller(lab: Lab, everyMs: number, leases: number): Promise<() => void> {
  const account = await newThinker(lab);
  const link = connect({
    url: lab.host.url,
    database: lab.database,
    tokens: memoryTokens(account.token),
    queries: ['SELECT * FROM think_request'],
    wire: (db) =>
      db.db.thinkRequest.onUpdate((_context, _before, row) => {
        if (row.state.tag !== 'Leased' || !row.leaseOwner?.isEqual(db.identity!)) return;
        db.reducers.submit(row.id, row.leaseEpoch, { tag: 'Say', value: 'At last.' });
      }),
  });
  const db = await link.firstLive;
  const timer = setInterval(() => db.reducers.lease(leases), everyMs);
  return () => {
    clearInterval(timer);
    link.close();
  };
}
