import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArmWorld } from '../../spike/rival/behaviour/arm.ts';
import { openRival } from '../../spike/rival/behaviour/rival.fixture.ts';
import { NoPostgres, startPostgres, type Postgres } from '../../spike/rival/postgres/postgres.ts';
import { NotMeasured } from '../harness/not-measured.ts';

const DATABASE = 'world';

/**
 * A world on the game server with a PostgreSQL of its own. A crash kills both at once, and starts both on what is on disk.
 * @param options of the server, besides the address of the database
 * @throws NotMeasured with the reason when PostgreSQL cannot start here
 */
export async function openRivalWithDatabase(
  synchronousCommit: 'on' | 'off',
  options: readonly string[],
): Promise<ArmWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'spellkave-killed-'));
  const start = () => startPostgres({ synchronousCommit, folder });
  let postgres: Postgres = await start().catch((error: unknown) => {
    throw error instanceof NoPostgres ? new NotMeasured(error.message) : error;
  });
  const all = [...options, '--durability', synchronousCommit];
  const world = await openRival([...all, '--database', await postgres.create(DATABASE)], {
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
