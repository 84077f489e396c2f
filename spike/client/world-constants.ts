/** Numbers of the world module that clients rely on. `world-constants.test.ts` compares each with the Rust source. */

/** Stands for "no agent" and "no route" in a column of ids. */
export const NOBODY = 4_294_967_295;
/** The id of gold among the goods. */
export const GOLD = 0;
/** The newest form of an event that these clients read. */
export const EVENT_VERSION = 1;
/** The form of the context that a mind is told. */
export const CONTEXT_VERSION = 3;
/** The most characters of one line of speech, or of a question. */
export const MAX_SPEECH = 280;
/** The most neighbours that a context names. */
export const MAX_NEIGHBOURS = 12;
/** After so long the world takes a lease back. */
export const LEASE_MS = 30_000;
/** So long after it was asked, a request is not thought about any more. */
export const DEADLINE_MS = 120_000;
/** The most events that the world deletes in one call. */
export const ACKNOWLEDGE_BATCH = 250;
/** Ticks that `tick_log` keeps. */
export const TICK_LOG_SLOTS = 1_200;
/** Roles by the number that filters and queries compare, since the host does not compare enums. */
export const AUDIENCE = { Owner: 0, Thinker: 1, Archivist: 2, Player: 3, Relay: 4 } as const;
/** The place of somebody who has left for another region. */
export const AWAY = 4_294_967_295;
/** The region that gave an agent its id. */
export const homeOf = (agent: number): number => agent >>> 24;
/** The region in which the journey of that number began. */
export const regionOf = (journey: bigint): number => Number(journey >> 45n);
