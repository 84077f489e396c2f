import { test as base } from 'playwright/test';
import { NoPostgres, startPostgres, type Postgres } from './postgres.ts';

interface TestFixtures {
  /** The name of a database that no other test has. */
  databaseName: string;
  /** Of an empty database. The test is skipped where PostgreSQL cannot start. */
  url: string;
}

interface WorkerFixtures {
  /** Shared by the tests of one worker. */
  postgres: Postgres | NoPostgres;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  postgres: [
    async ({}, use) => {
      const postgres = await startPostgres({ synchronousCommit: 'on' }).catch((error: unknown) => {
        if (error instanceof NoPostgres) return error;
        throw error;
      });
      await use(postgres);
      if (!(postgres instanceof NoPostgres)) await postgres.stop();
    },
    { scope: 'worker' },
  ],
  databaseName: ({}, use, info) => use(`t${info.testId.replaceAll(/[^a-z0-9]/g, '')}`),
  url: async ({ postgres, databaseName }, use) => {
    if (postgres instanceof NoPostgres) return test.skip(true, postgres.message);
    await use(await postgres.create(databaseName));
  },
});
