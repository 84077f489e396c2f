import type { ArmWorld } from '../../spike/rival/behaviour/arm.ts';
import { openRivalWithDatabase } from './killed-arms.ts';

/** A commit waits so much longer for its disk, in microseconds; with no sibling needed, each commit does. */
const SLOW = [
  'alter system set commit_delay = 50000',
  'alter system set commit_siblings = 0',
  'select pg_reload_conf()',
];

/**
 * A world on the game server whose commits wait for a disk that needs 50 ms, so that a kill falls into a commit.
 * @param options of the server, besides its durability and the address of the database
 * @throws NotMeasured with the reason when PostgreSQL cannot start here
 */
export const openOnSlowDisk = (options: readonly string[]): Promise<ArmWorld> =>
  openRivalWithDatabase('on', options, SLOW);
