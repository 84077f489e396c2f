import { Client } from 'pg';
import type { Statement } from './statements.ts';
import type { Durability } from './store.ts';

/** The one connection of a store. One writer needs no pool, and its transactions keep their order. */
export async function connect(url: string, durability: Durability): Promise<Client> {
  // A transaction is sent as a whole, without waiting for the result of each statement.
  const client = new Client({ connectionString: url, pipeline: true });
  // The next query reports a lost connection too, and a server without its store ends.
  client.on('error', () => {});
  await client.connect();
  await client.query(`set synchronous_commit = ${durability}`);
  // A cached plan would not know how long the arrays are.
  await client.query('set plan_cache_mode = force_custom_plan');
  return client;
}

/**
 * Does all or nothing in one round trip. One statement is a transaction by itself.
 * @throws Error of the first statement that failed; nothing is written then
 */
export async function transact(client: Client, statements: readonly Statement[]): Promise<void> {
  const send = ({ values, ...statement }: Statement) => client.query({ ...statement, values: [...values] });
  const [first, ...more] = statements;
  if (!first) return;
  if (more.length === 0) {
    await send(first);
    return;
  }
  await Promise.all([
    client.query('begin'),
    ...statements.map(send),
    // After a failed statement this rolls back, and that statement's error is thrown.
    client.query('commit'),
  ]);
}
