import { NOBODY } from '../client/world-constants.ts';
import type { ArchivedEvent } from './archived-event.ts';

/** Something that was said, with letters outside ASCII. `spike/world/src/archive.rs` tests with the same one. */
export const EVENT: ArchivedEvent = {
  id: 7n,
  version: 1,
  tick: 1n,
  at: 1_000_000n,
  place: 2,
  kind: 'say',
  subject: 3,
  object: NOBODY,
  quantity: 0,
  gold: 0,
  words: 'Å',
  request: 4n,
};
