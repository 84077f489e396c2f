import type { Delta } from '../world/delta.ts';
import { ROUTINES } from '../world/rows.ts';

/** A prepared statement: PostgreSQL parses each name once. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

type Columns = readonly (readonly [name: string, type: string, values: readonly unknown[]])[];

/** The statements that write a delta, one for each table that it touches. Arrays, so that rows cost no round trips. */
export function statementsFor(delta: Delta): Statement[] {
  const { agents, newcomers, holdings, events, forgotten } = delta;
  const statements: Statement[] = [];
  if (newcomers.length > 0) statements.push(...insertNewcomers(delta));
  if (agents.length > 0)
    statements.push({
      name: 'move',
      text: `update agent set place = moved.place, step = moved.step
               from unnest($1::int[], $2::smallint[], $3::smallint[]) as moved (id, place, step) where agent.id = moved.id`,
      values: [array(agents, ({ id }) => id), array(agents, ({ place }) => place), array(agents, ({ step }) => step)],
    });
  if (holdings.length > 0)
    statements.push(
      upsert(
        'holding',
        ['holder', 'good'],
        [
          ['holder', 'bigint', holdings.map(({ holder }) => holder)],
          ['good', 'smallint', holdings.map(({ good }) => good)],
          ['quantity', 'bigint', holdings.map(({ quantity }) => quantity)],
        ],
      ),
    );
  if (events.length > 0) statements.push(insertEvents(delta));
  statements.push(...people(delta), ...thinking(delta));
  if (forgotten.length > 0)
    for (const [table, key] of [
      ['think_request', 'id'],
      ['think_context', 'request'],
    ])
      statements.push({
        name: `forget ${table}`,
        text: `delete from ${table} where ${key} = any($1::bigint[])`,
        values: [forgotten],
      });
  return statements;
}

function insertNewcomers({ newcomers }: Delta): Statement[] {
  const ids = newcomers.map(({ agent }) => agent.id);
  return [
    upsert(
      'agent',
      ['id'],
      [
        ['id', 'int', ids],
        ['place', 'smallint', newcomers.map(({ agent }) => agent.place)],
        ['step', 'smallint', newcomers.map(({ agent }) => agent.step)],
      ],
    ),
    upsert(
      'profile',
      ['id'],
      [
        ['id', 'int', ids],
        ['name', 'text', newcomers.map(({ name }) => name)],
        ['persona', 'text', newcomers.map(({ persona }) => persona)],
        ['routine', 'smallint', newcomers.map(({ agent }) => ROUTINES.indexOf(agent.routine))],
        ['route', 'bigint', newcomers.map(({ agent }) => agent.route)],
      ],
    ),
  ];
}

function insertEvents({ events }: Delta): Statement {
  const numbers = ['tick', 'at', 'subject', 'object', 'quantity', 'gold', 'request'] as const;
  return upsert(
    'event',
    ['id'],
    [
      ['id', 'bigint', events.map(({ id }) => id)],
      ['version', 'smallint', events.map(({ version }) => version)],
      ['place', 'smallint', events.map(({ place }) => place)],
      ['kind', 'text', events.map(({ kind }) => kind)],
      ['words', 'text', events.map(({ words }) => words)],
      ...numbers.map((name) => [name, 'bigint', events.map((event) => event[name])] as const),
    ],
  );
}

function people({ players, roles, said }: Delta): Statement[] {
  const statements: Statement[] = [];
  if (players.length > 0)
    statements.push(
      upsert(
        'player',
        ['identity'],
        [
          ['identity', 'text', players.map(({ identity }) => identity)],
          ['agent', 'int', players.map(({ agent }) => agent)],
          ['online', 'boolean', players.map(({ online }) => online)],
        ],
      ),
    );
  if (roles.length > 0)
    statements.push(
      upsert(
        'role_grant',
        ['identity'],
        [
          ['identity', 'text', roles.map(({ identity }) => identity)],
          ['role', 'text', roles.map(({ role }) => role)],
        ],
      ),
    );
  if (said.length > 0)
    statements.push(
      upsert(
        'said',
        ['place'],
        [
          ['place', 'smallint', said.map(({ place }) => place)],
          ['lines', 'jsonb', said.map(({ lines }) => JSON.stringify(lines))],
        ],
      ),
    );
  return statements;
}

function thinking({ requests, contexts, clock, stats, policy, sequence }: Delta): Statement[] {
  const statements: Statement[] = [];
  if (requests.length > 0)
    statements.push(
      upsert(
        'think_request',
        ['id'],
        [
          ['id', 'bigint', requests.map(({ id }) => id)],
          ['body', 'jsonb', requests.map((request) => JSON.stringify(request))],
        ],
      ),
    );
  if (contexts.length > 0)
    statements.push(
      upsert(
        'think_context',
        ['request'],
        [
          ['request', 'bigint', contexts.map(({ request }) => request)],
          ['body', 'jsonb', contexts.map((context) => JSON.stringify(context))],
        ],
      ),
    );
  const singles = Object.entries({ clock, stats, policy, sequence }).filter(([, body]) => body !== undefined);
  statements.push(
    upsert(
      'single',
      ['name'],
      [
        ['name', 'text', singles.map(([name]) => name)],
        ['body', 'jsonb', singles.map(([, body]) => JSON.stringify(body))],
      ],
    ),
  );
  return statements;
}

/** Inserts rows given by column, or replaces those with the same key. */
function upsert(table: string, key: readonly string[], columns: Columns): Statement {
  const names = columns.map(([name]) => name);
  const set = names.filter((name) => !key.includes(name)).map((name) => `${name} = excluded.${name}`);
  return {
    name: `put ${table}`,
    text: `insert into ${table} (${names.join(', ')})
           select * from unnest(${columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ')})
           on conflict (${key.join(', ')}) do update set ${set.join(', ')}`,
    values: columns.map(([, , values]) => values),
  };
}

/** An array of numbers as PostgreSQL reads it; the driver's own way quotes each number. */
function array<Row>(rows: readonly Row[], column: (row: Row) => number): string {
  return `{${rows.map(column).join(',')}}`;
}
