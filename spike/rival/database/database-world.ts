import pg from 'pg';
import { NOBODY } from '../../client/world-constants.ts';
import { cohort } from '../world/routine.ts';
import { ROUTINES, type Agent } from '../world/rows.ts';
import { holdingsOf, type World } from '../world/state.ts';
import { RULES, SCHEMA } from './schema.ts';

/** What a tick moved, and from where. */
export interface Moved {
  agents: Agent[];
  from: number[];
}

type Row = [id: number, place: number, routine: number, route: number | null, step: number, before: number];

/** A world whose truth is PostgreSQL: its rules are set-based SQL, and nothing of it is kept here. */
export class DatabaseWorld {
  readonly #client: pg.Client;
  readonly #living: number;
  readonly #actEvery: number;

  private constructor(client: pg.Client, { agents, clock }: World) {
    this.#client = client;
    this.#living = agents.length;
    this.#actEvery = clock.actEvery;
  }

  /** Writes a founded world into an empty database. */
  static async create(connectionString: string, durability: 'on' | 'off', world: World): Promise<DatabaseWorld> {
    const client = new pg.Client({ connectionString });
    await client.connect();
    await client.query(`set synchronous_commit = ${durability}`);
    await client.query(SCHEMA + RULES);
    await fill(client, world);
    return new DatabaseWorld(client, world);
  }

  /** Runs a tick. Settles when it is as durable as the connection asks for. */
  async tick(number: number, dueMs: number): Promise<Moved> {
    const [first, beyond] = cohort(number, this.#actEvery, this.#living);
    const { rows } = await this.#client.query<Row>({
      name: 'tick',
      text: 'select * from tick($1, to_timestamp($2::float8 / 1000), $3, $4)',
      values: [number, dueMs, first, beyond],
      rowMode: 'array',
    });
    return { agents: rows.map(agentOf), from: rows.map(([, , , , , before]) => before) };
  }

  async agents(): Promise<Agent[]> {
    const text = 'select id, place, routine, route, step, place from agent order by id';
    const { rows } = await this.#client.query<Row>({ text, rowMode: 'array' });
    return rows.map(agentOf);
  }

  async close(): Promise<void> {
    await this.#client.end();
  }
}

function agentOf([id, place, routine, route, step]: Row): Agent {
  return { id, place, routine: ROUTINES[routine] ?? 'Rest', route: route ?? NOBODY, step };
}

async function fill(client: pg.Client, world: World): Promise<void> {
  const { exits, routes, keepers } = world.geography;
  const arrays = async (table: string, rows: readonly (readonly number[])[]) => {
    for (const [id, values] of rows.entries()) await client.query(`insert into ${table} values ($1, $2)`, [id, values]);
  };
  await arrays(
    'exits',
    exits.map((ways) => ways.map(({ to }) => to)),
  );
  await arrays('route', routes);
  for (const [place, keeper] of keepers) await client.query('insert into stall values ($1, $2)', [place, keeper]);
  const { agents } = world;
  await client.query('insert into agent select * from unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::int[])', [
    agents.map(({ id }) => id),
    agents.map(({ place }) => place),
    agents.map(({ routine }) => ROUTINES.indexOf(routine)),
    agents.map(({ route }) => (route === NOBODY ? null : route)),
    agents.map(({ step }) => step),
  ]);
  const holdings = holdingsOf(world);
  await client.query('insert into holding select * from unnest($1::bigint[], $2::int[], $3::bigint[])', [
    holdings.map(({ holder }) => holder),
    holdings.map(({ good }) => good),
    holdings.map(({ quantity }) => quantity),
  ]);
  await client.query('vacuum analyze');
}
