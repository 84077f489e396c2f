import { Action } from '../client/bindings/index.ts';
import { MAX_SPEECH, NOBODY } from '../client/world-constants.ts';
import type { Context, Mind } from './mind.ts';

/** Each is well formed, and each breaks a rule that only the world can check. */
const LIES: ((context: Context) => Action)[] = [
  () => Action.Go('through the wall'),
  ({ here }) => Action.Give({ to: here[0]?.id ?? 0, good: 'gold', quantity: 1_000_000 }),
  () => Action.Give({ to: NOBODY, good: 'gold', quantity: 1 }),
  () => Action.Buy({ good: 'the crown', quantity: 1, gold: 0 }),
  () => Action.Sell({ good: 'salt', quantity: 4_000_000, gold: 0 }),
  () => Action.Say('a'.repeat(MAX_SPEECH + 1)),
  () => Action.Say('line\nbreak'),
];

/** A mind that answers at once, and never with anything that the world allows: a fault to watch, not a mind to use. */
export function liarMind(): Mind {
  let next = 0;
  return {
    name: 'a mind that lies',
    think: (context) => Promise.resolve((LIES[next++ % LIES.length] as (typeof LIES)[number])(context)),
  };
}
