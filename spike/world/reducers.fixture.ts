import { readMap } from '../start/map.ts';

/** Who may call a reducer. The scheduler is the module itself: a tick that is due calls `tick`. */
export type Caller = 'owner' | 'thinker' | 'archivist' | 'relay' | 'player' | 'stranger' | 'scheduler';

export interface Reducer {
  name: string;
  may: Caller[];
  /** Arguments that the host accepts, so that only the world can refuse the call. */
  args: unknown[];
  /** The refusal that another caller gets, unless it is that their role may not. */
  refusal?: string;
  /** Whether it is called while a world lives. The others may take longer than the budget of a reducer. */
  ordinary: boolean;
}

const SCHEDULE = { scheduled_id: 0, scheduled_at: { Interval: [1_000_000] } };
const SOUTH = { id: 0, number: 1, name: 'South', epoch: 1, residents: 1, departures: 1, routines: 1 };
/** The number of the first journey of region 1 in its first epoch. */
const FIRST_JOURNEY = 35_192_962_023_425;
const TRAVELLER = {
  agent: 16_777_216,
  name: 'Sigrun',
  persona: 'A sailor.',
  routine: { Wander: [] },
  hops: 1,
  load: [],
  player: { none: [] },
};
const SOMEBODY = [`0x${'7'.repeat(64)}`];
/** Far beyond any tick that a world reaches in a test. */
export const FORGED_TICK = 1_000_000;

/** Every reducer of the contract. `role.spec.ts` compares the names with `contract.json`. */
export const REDUCERS: Reducer[] = [
  // Called once, before anybody can be there.
  { name: 'found_world', may: ['owner'], args: [readMap()], ordinary: false },
  { name: 'grant_role', may: ['owner'], args: [SOMEBODY, { Player: [] }], ordinary: true },
  { name: 'revoke_role', may: ['owner'], args: [SOMEBODY], ordinary: true },
  { name: 'pause_clock', may: ['owner'], args: [], ordinary: true },
  { name: 'pause_clock_for', may: ['owner'], args: ['the disk is nearly full'], ordinary: true },
  { name: 'resume_clock', may: ['owner'], args: [], ordinary: true },
  { name: 'set_tempo', may: ['owner'], args: [100, 30, 0], ordinary: true },
  { name: 'set_retention', may: ['owner'], args: [120_000], ordinary: true },
  { name: 'set_mind_policy', may: ['owner'], args: [{ Normal: [] }, 600], ordinary: true },
  { name: 'lease', may: ['thinker'], args: [1], ordinary: true },
  { name: 'submit', may: ['thinker'], args: [1, 1, { Wait: [] }], ordinary: true },
  { name: 'renew', may: ['thinker'], args: [1, 1], ordinary: true },
  { name: 'give_back', may: ['thinker'], args: [1, 1, { Refused: [] }, 'no words', 0], ordinary: true },
  { name: 'acknowledge', may: ['archivist'], args: [1, 1, ''], ordinary: true },
  { name: 'set_region', may: ['owner'], args: [1, 'South'], ordinary: false },
  { name: 'raise_epoch', may: ['owner'], args: [2], ordinary: true },
  { name: 'greet', may: ['relay'], args: [SOUTH], ordinary: true },
  { name: 'shut_border', may: ['relay'], args: [1, 'it is down'], ordinary: true },
  { name: 'admit', may: ['relay'], args: [FIRST_JOURNEY, 'The Market', TRAVELLER], ordinary: true },
  { name: 'activate', may: ['relay'], args: [FIRST_JOURNEY], ordinary: true },
  { name: 'forget_arrival', may: ['relay'], args: [FIRST_JOURNEY], ordinary: true },
  { name: 'release', may: ['relay'], args: [FIRST_JOURNEY], ordinary: true },
  { name: 'take_back', may: ['relay'], args: [FIRST_JOURNEY, 'no room'], ordinary: true },
  { name: 'forget_departure', may: ['relay'], args: [FIRST_JOURNEY], ordinary: true },
  { name: 'supersede', may: ['relay'], args: [0, 1, 1], ordinary: true },
  { name: 'recover', may: ['relay'], args: [TRAVELLER, 'South'], ordinary: true },
  { name: 'act', may: ['player'], args: [{ Wait: [] }], ordinary: true },
  { name: 'ask', may: ['player'], args: [0, 'Well?'], ordinary: true },
  {
    name: 'join',
    may: ['player', 'stranger'],
    args: ['Olaf'],
    refusal: 'cannot be a player too',
    ordinary: true,
  },
  { name: 'tick', may: ['scheduler'], args: [{ ...SCHEDULE, number: FORGED_TICK, due: [0] }], ordinary: true },
  { name: 'watchdog', may: ['scheduler'], args: [SCHEDULE], ordinary: true },
  { name: 'reap', may: ['scheduler'], args: [SCHEDULE], ordinary: true },
];

/** The host calls these at its own moments and refuses them to everybody. They are not part of the contract. */
export const LIFECYCLE = ['init', 'client_connected', 'client_disconnected'];

/** @throws Error when there is none, because a test over an empty list would always pass */
export function reducersOf(caller: Caller): Reducer[] {
  const found = REDUCERS.filter(({ may }) => may.includes(caller));
  if (found.length === 0) throw new Error(`the table of reducers has none for ${caller}`);
  return found;
}
