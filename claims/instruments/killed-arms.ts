import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { ArmWorld } from '../../spike/rival/behaviour/arm.ts';
import { openRival } from '../../spike/rival/behaviour/rival.fixture.ts';
import { NoPostgres, startPostgres, type Postgres } from '../../spike/rival/postgres/postgres.ts';
import { NotMeasured } from '../harness/not-measured.ts';

const DATABASE = 'world';

/**
 * A world on the game server with a PostgreSQL of its own. A crash kills both at once, and starts both on what is on disk.
 * @param options of the server, besides its durability and the address of the database
 * @param settings of PostgreSQL, as statements that are run before the world opens
 * @throws NotMeasured with the reason when PostgreSQL cannot start here
 */
export async function openRivalWithDatabase(
  synchronousCommit: 'on' | 'off',
  options: readonly string[],
  settings: readonly string[] = [],
): Promise<ArmWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'spellkave-killed-'));
  const start = () => startPostgres({ synchronousCommit, folder });
  let postgres: Postgres = await start().catch((error: unknown) => {
    throw error instanceof NoPostgres ? new NotMeasured(error.message) : error;
  });
  const url = await postgres.create(DATABASE);
  await run(url, settings);
  const world = await openRival([...options, '--durability', synchronousCommit, '--database', url], {
    kill: () => postgres.kill(),
    async start() {
      postgres = await start();
      // The same data, at another port.
      return ['--database', postgres.urlOf(DATABASE)];
    },
  });
  return {
    ...world,
    async close() {
      await world.close();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function run(connectionString: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  // One after the other: `alter system` runs in no transaction.
  for (const statement of statements) await client.query(statement);
  await client.end();
}
