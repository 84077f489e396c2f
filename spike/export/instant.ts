import { connect } from '../client/connect.ts';
import { memoryTokens } from '../client/token-store.ts';
import { camelCase } from './columns.ts';

export interface Readable {
  /** Of the host, e.g. `http://127.0.0.1:3000`. */
  url: string;
  database: string;
  /** The owner's: to everybody else the host does not show private tables. */
  token: string;
}

/**
 * Every row of some tables at one instant. They are one subscription, which the host answers inside one transaction, so
 * nothing that happens meanwhile is in a part of the rows.
 * @throws the reason of `signal` when it aborts, or Error when the connection is lost or the host refuses
 */
export async function rowsAtOneInstant(
  { url, database, token }: Readable,
  tables: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, object[]>> {
  const failed = Promise.withResolvers<never>();
  const link = connect({
    url,
    database,
    tokens: memoryTokens(token),
    queries: [],
    onStatus: (status) => {
      if (status.state === 'lost') failed.reject(new Error(`the connection was lost: ${status.reason}`));
    },
  });
  const onAbort = () => failed.reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort);
  try {
    signal.throwIfAborted();
    const db = await Promise.race([link.firstLive, failed.promise]);
    const read = Promise.withResolvers<Map<string, object[]>>();
    db.subscriptionBuilder()
      .onApplied(() => read.resolve(rowsOf(db.db, tables)))
      .onError((context) => read.reject(new Error(`the host refused to show the tables: ${String(context.event)}`)))
      .subscribe(tables.map((table) => `SELECT * FROM ${table}`));
    return await Promise.race([read.promise, failed.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    link.close();
  }
}

function rowsOf(cache: object, tables: readonly string[]): Map<string, object[]> {
  const handles = cache as Record<string, { iter(): Iterable<object> } | undefined>;
  return new Map(tables.map((table) => [table, [...(handles[camelCase(table)]?.iter() ?? [])]]));
}
