import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { ArmWorld } from '../../spike/rival/behaviour/arm.ts';
import { openRival } from '../../spike/rival/behaviour/rival.fixture.ts';
import { NoPostgres, startPostgres, type Postgres } from '../../spike/rival/postgres/postgres.ts';
import { NotMeasured } from '../harness/not-measured.ts';

const DATABASE = 'world';
/** A commit waits so much longer for its disk, in microseconds; with no sibling needed, each commit does. */
const SLOW = ['alter system set commit_delay = 50000', 'alter system set commit_siblings = 0'];

/**
 * A world on the game server whose commits wait for a disk that needs 50 ms, so that a kill falls into a commit. A crash
 * kills server and database at once, and starts both on what is on disk.
 * @param options of the server, besides the durability and the address of the database
 * @throws NotMeasured with the reason when PostgreSQL cannot start here
 */
export async function openOnSlowDisk(options: readonly string[]): Promise<ArmWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'spellkave-slow-'));
  const start = () => startPostgres({ synchronousCommit: 'on', folder });
  let postgres: Postgres = await start().catch((error: unknown) => {
    throw error instanceof NoPostgres ? new NotMeasured(error.message) : error;
  });
  const url = await postgres.create(DATABASE);
  await run(url, [...SLOW, 'select pg_reload_conf()']);
  const world = await openRival([...options, '--durability', 'on', '--database', url], {
    kill: () => postgres.kill(),
    async start() {
      postgres = await start();
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

async function run(connectionString: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  // One after the other: `alter system` runs in no transaction.
  for (const statement of statements) await client.query(statement);
  await client.end();
}
