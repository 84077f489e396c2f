import { NOBODY } from '../../spike/client/world-constants.ts';
import type { Happening } from './news.ts';
import type { Thoughts } from './thoughts.ts';

const STEP_WORDS = {
  asked: 'asked',
  leased: 'leased',
  returned: 'given back',
  refused: 'refused',
  done: 'done',
  dead: 'given up',
  expired: 'too late',
  replaced: 'replaced by a question',
};

/** Why an event happened: who decided it, for whom, and for the owner also how long the thought took. */
export function causeOf(event: Happening, nameOf: (agent: number) => string, thoughts?: Thoughts): string {
  if (event.request === 0) return event.kind === 'arrive' ? 'a player joined' : 'a player’s own act';
  const why = event.object === NOBODY || event.kind === 'give' ? 'its own thought' : `${nameOf(event.object)} asked`;
  const life = lifeOf(event.request, thoughts);
  return `${why}, thought ${event.request}${life && `: ${life}`}`;
}

/** The steps of a thought, each with the time since it was asked. */
export function lifeOf(request: number, thoughts?: Thoughts): string {
  const steps = thoughts?.of(request) ?? [];
  const [first] = steps;
  if (!first) return '';
  return steps
    .map(({ what, atMs, reason }) => {
      const after = what === 'asked' ? '' : ` after ${((atMs - first.atMs) / 1_000).toFixed(1)} s`;
      return `${STEP_WORDS[what]}${after}${reason && ` (${reason})`}`;
    })
    .join(', ');
}
