import { setTimeout as sleep } from 'node:timers/promises';
import type { Link } from '../client/connect.ts';

const LOOK_MS = 50;

/**
 * Waits until a client has seen the world move on by a tick, so that nothing is called alive before it is.
 * @returns the world in a few words
 */
export async function firstSign(link: Link): Promise<string> {
  await link.firstLive;
  for (let seen: bigint | undefined; ; await sleep(LOOK_MS)) {
    const { db } = link.db ?? {};
    const clock = db?.clock.id.find(0);
    if (!db || !clock) continue;
    const size = `${db.place.count()} places, ${db.agent.count()} agents`;
    if (clock.paused) return `${size}, its clock is paused`;
    if (seen !== undefined && clock.tick > seen) return `${size}, lives`;
    seen ??= clock.tick;
  }
}
