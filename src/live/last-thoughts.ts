import { sentenceOf } from '../../spike/client/sentence.ts';
import { NOBODY } from '../../spike/client/world-constants.ts';
import { lifeOf } from './cause.ts';
import type { Scene } from './scene.ts';

/** One thought of an agent, in words. */
export interface ThoughtWords {
  request: number;
  /** When it was asked; where the page does not know that, when it became an act. */
  atMs: number;
  /** Who asked, and its life step by step. */
  life: string;
  /** What it made the agent do, as a sentence; empty until there is one. */
  deed: string;
}

/** The last thoughts of an agent, newest first: those of which the page knows the life, and those that became an act. */
export function lastThoughts(scene: Scene, agent: number, most: number): ThoughtWords[] {
  const acts = new Map(
    scene.events
      .filter(({ subject, request }) => subject === agent && Number(request) > 0)
      .map((event) => [event.request, event]),
  );
  const known = scene.thoughts.lastOf(agent, most).flatMap(([asked]) => (asked ? [asked] : []));
  const lives = known.map(({ request, asker, atMs }) => {
    const act = acts.get(request);
    acts.delete(request);
    const life = `${whoAsked(scene, asker)}: ${lifeOf(request, scene.thoughts)}`;
    return { request, atMs, life, deed: act ? sentenceOf(act, scene) : '' };
  });
  const others = [...acts.values()].map((act) => {
    const { request, atMs, kind, object } = act;
    const asker = kind === 'give' ? NOBODY : object;
    return { request, atMs, life: `${whoAsked(scene, asker)}: done`, deed: sentenceOf(act, scene) };
  });
  return [...lives, ...others].sort((a, b) => b.atMs - a.atMs || b.request - a.request).slice(0, most);
}

function whoAsked(scene: Scene, asker: number): string {
  return asker === NOBODY ? 'its own wish' : `${scene.nameOf(asker)} asked`;
}
