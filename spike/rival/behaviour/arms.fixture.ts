import { test as withPostgres } from '../postgres/postgres.fixture.ts';
import { NoPostgres } from '../postgres/postgres.ts';
import type { Arm, ArmWorld, Guarantees } from './arm.ts';
import { openRival } from './rival.fixture.ts';
import { openSpacetimeDb } from './spacetimedb.fixture.ts';

/** The pinned host syncs its log this often. */
const SYNC_MS = 500;
/** Write-behind flushes this often here. */
const FLUSH_MS = 400;

const NOTHING_LOST = { actsKeptAfterMs: 0, positionsKeptAfterMs: 0, lookalikeNames: false };

/** The arms and what each promises. A rival's store needs a database; SpacetimeDB brings its own. */
const ARMS = {
  SpacetimeDB: {
    actsKeptAfterMs: SYNC_MS,
    positionsKeptAfterMs: SYNC_MS,
    lookalikeNames: true,
  },
  rows: { ...NOTHING_LOST },
  log: { ...NOTHING_LOST },
  'write-behind': { ...NOTHING_LOST, positionsKeptAfterMs: FLUSH_MS },
} as const satisfies Record<string, Guarantees>;
export type ArmName = keyof typeof ARMS;
export const ARM_NAMES = Object.keys(ARMS) as ArmName[];

interface Fixtures {
  armName: ArmName;
  /** More options for the rival's server. */
  serverOptions: readonly string[];
  /** Any arm by name; it is skipped where PostgreSQL cannot start. */
  armOf: (name: ArmName) => Arm;
  arm: Arm;
  world: ArmWorld;
}

/** Each test runs on a world of its own, on the arm that `test.use({ armName })` names. */
export const test = withPostgres.extend<Fixtures>({
  armName: ['SpacetimeDB', { option: true }],
  serverOptions: [[], { option: true }],
  armOf: async ({ serverOptions, postgres, databaseName }, use) => {
    await use((name) => {
      const offers = ARMS[name];
      if (name === 'SpacetimeDB') return { name, offers, open: openSpacetimeDb };
      if (postgres instanceof NoPostgres) return test.skip(true, postgres.message) as never;
      const options = ['--store', name, '--flush-ms', String(FLUSH_MS), '--snapshot-every', '20', ...serverOptions];
      const open = async () => openRival([...options, '--database', await postgres.create(`${databaseName}-${name}`)]);
      return { name, offers, open };
    });
  },
  arm: async ({ armName, armOf }, use) => use(armOf(armName)),
  world: async ({ arm }, use) => {
    const world = await arm.open();
    await use(world);
    await world.close();
  },
});

export { expect } from 'playwright/test';

/** Prints that an arm does not promise something, and ends the test. */
export function notOffered(arm: Arm, what: string): void {
  console.log(`not offered by ${arm.name}: ${what}`);
  test.skip(true, `not offered by ${arm.name}: ${what}`);
}
