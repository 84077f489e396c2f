import { readMap } from '../start/map.ts';

/** Who may call a reducer. The scheduler is the module itself: a tick that is due calls `tick`. */
export type Caller = 'owner' | 'thinker' | 'archivist' | 'player' | 'stranger' | 'scheduler';

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
  { name: 'resume_clock', may: ['owner'], args: [], ordinary: true },
  { name: 'set_tempo', may: ['owner'], args: [100, 30, 0], ordinary: true },
  { name: 'set_retention', may: ['owner'], args: [120_000], ordinary: true },
  { name: 'set_mind_policy', may: ['owner'], args: [{ Normal: [] }, 600], ordinary: true },
  { name: 'lease', may: ['thinker'], args: [1], ordinary: true },
  { name: 'submit', may: ['thinker'], args: [1, 1, { Wait: [] }], ordinary: true },
  { name: 'give_back', may: ['thinker'], args: [1, 1, 'no words', 0], ordinary: true },
  { name: 'acknowledge', may: ['archivist'], args: [1, 1, ''], ordinary: true },
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
