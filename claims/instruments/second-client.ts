import {
  DbConnectionBuilder,
  DbConnectionImpl,
  procedures,
  reducers,
  reducerSchema,
  schema,
  t,
  table,
} from 'spacetimedb';

/**
 * A client that shares nothing with ours but the protocol: the npm package `spacetimedb` 1.12.0, another SDK than the
 * one that our clients use, and no generated code. It knows the two tables and the two reducers that are written here.
 */
export interface SecondClient {
  /** The texts of the events that it was sent. */
  readonly heard: string[];
  /** Rows of the table `place` that it was sent. */
  readonly places: () => number;
  join(name: string): void;
  say(words: string): void;
  close(): void;
}

/** In the order of the module's own type: the wire knows variants by number. */
const Action = t.enum('Action', { Say: t.string(), Go: t.string() });
const TABLES = schema(
  table(
    {
      name: 'place',
      indexes: [{ name: 'id', algorithm: 'btree', columns: ['id'] }],
      constraints: [{ name: 'place_id_key', constraint: 'unique', columns: ['id'] }],
    },
    t.row({ id: t.u32().primaryKey(), name: t.string(), description: t.string() }),
  ),
  table(
    { name: 'event' },
    t.row({
      id: t.u64().primaryKey(),
      version: t.u16(),
      tick: t.u64(),
      at: t.timestamp(),
      place: t.u32(),
      kind: t.string(),
      subject: t.u32(),
      object: t.u32(),
      quantity: t.u32(),
      gold: t.u32(),
      words: t.string(),
      request: t.u64(),
    }),
  ),
);
const REDUCERS = reducers(reducerSchema('join', { name: t.string() }), reducerSchema('act', { action: Action }));
const MODULE = {
  versionInfo: { cliVersion: '1.12.0' },
  tables: TABLES.schemaType.tables,
  reducers: REDUCERS.reducersType.reducers,
  ...procedures(),
};

/** As much of a connection as is used here: the package's own types are made for generated code, its values are not. */
interface Connection {
  db: {
    place: { count(): bigint | number };
    event: { onInsert(heard: (context: unknown, row: { words: string }) => void): void };
  };
  reducers: { join(args: { name: string }): void; act(args: { action: { tag: 'Say'; value: string } }): void };
  subscriptionBuilder(): Subscription;
  disconnect(): void;
}

interface Subscription {
  onApplied(done: () => void): Subscription;
  onError(refused: () => void): Subscription;
  subscribe(queries: string[]): unknown;
}

/** Connects and waits until its subscription is complete. */
export function connectSecond(url: string, database: string): Promise<SecondClient> {
  const heard: string[] = [];
  return new Promise((resolve, reject) => {
    new DbConnectionBuilder(MODULE, (config) => new DbConnectionImpl(config))
      .withUri(url)
      .withModuleName(database)
      .onConnect((connected) => {
        const connection = connected as unknown as Connection;
        connection.db.event.onInsert((_context, row) => heard.push(row.words));
        connection
          .subscriptionBuilder()
          .onApplied(() =>
            resolve({
              heard,
              places: () => Number(connection.db.place.count()),
              join: (name) => connection.reducers.join({ name }),
              say: (words) => connection.reducers.act({ action: { tag: 'Say', value: words } }),
              close: () => connection.disconnect(),
            }),
          )
          .onError(() => reject(new Error('the second SDK was refused its subscription')))
          .subscribe(['SELECT * FROM place', 'SELECT * FROM event']);
      })
      .onConnectError((_context, error) => reject(error))
      .build();
  });
}
