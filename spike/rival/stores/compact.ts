/** A thread that turns the log so far into a snapshot: `LogStore` starts it, and it ends by itself. */
import { Client } from 'pg';
import { workerData } from 'node:worker_threads';
import { fold, type Delta } from '../world/delta.ts';
import { decodeDelta, encodeDelta } from './delta-codec.ts';

export interface CompactOptions {
  url: string;
}

/** Deltas that are in memory at once. */
const BATCH = 100;

const { url } = workerData as CompactOptions;
const client = new Client({ connectionString: url });
await client.connect();
try {
  await client.query('begin');
  await compact();
  await client.query('commit');
} finally {
  await client.end();
}

async function compact(): Promise<void> {
  const before = await client.query<{ body: Buffer }>('select body from snapshot');
  let snapshot = before.rows[0] && decodeDelta(before.rows[0].body);
  let last = -1;
  for (;;) {
    const { rows } = await client.query<{ sequence: string; body: Buffer }>(
      'select sequence, body from delta where sequence > $1 order by sequence limit $2',
      [last, BATCH],
    );
    const [first, ...more] = rows.map(({ body }) => decodeDelta(body));
    if (!first) break;
    await keepEvents([first, ...more]);
    snapshot = snapshot ? fold(snapshot, [first, ...more]) : fold(first, more);
    last = Number(rows.at(-1)?.sequence);
  }
  if (!snapshot || last < 0) return;
  await client.query('delete from snapshot');
  await client.query('insert into snapshot (sequence, body) values ($1, $2)', [last, encodeDelta(snapshot)]);
  await client.query('delete from delta where sequence <= $1', [last]);
}

/** A snapshot holds only recent events. */
async function keepEvents(deltas: readonly Delta[]): Promise<void> {
  const events = deltas.flatMap((delta) => delta.events);
  await client.query('insert into past_event select * from unnest($1::bigint[], $2::jsonb[])', [
    events.map(({ id }) => id),
    events.map((event) => JSON.stringify(event)),
  ]);
}
