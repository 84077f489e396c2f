import { ROUTINE_WORDS } from '../../spike/client/routine-words.ts';
import { GOLD } from '../../spike/client/world-constants.ts';
import { destinationOf } from './destination.ts';
import type { Scene } from './scene.ts';

/** What the page says about one agent. */
export interface AgentWords {
  name: string;
  /** Where it is. */
  place: string;
  /** What it does by itself. */
  routine: string;
  /** Where it goes next. */
  next: string;
  /** What it has, gold first. */
  purse: string;
}

/** @returns undefined where nobody has that id */
export function agentWords(scene: Scene, agent: number): AgentWords | undefined {
  const place = scene.agents.get(agent);
  if (place === undefined) return undefined;
  return {
    name: scene.nameOf(agent),
    place: scene.placeName(place),
    routine: routineOf(scene, agent),
    next: nextOf(scene, agent),
    purse: purseOf(scene, agent),
  };
}

/** All of it in one sentence, for a screen reader. */
export function sentenceAbout({ name, place, routine, next, purse }: AgentWords): string {
  return `${name}: ${routine}, at ${place}, goes next to: ${next}, has ${purse}.`;
}

function routineOf(scene: Scene, agent: number): string {
  const { routine, stops } = scene.habits.get(agent) ?? { routine: undefined, stops: [] };
  if (!routine) return 'unknown';
  const names = stops.map((stop) => scene.placeName(stop));
  return stops.length > 1 ? `${ROUTINE_WORDS[routine]}: ${names.join(', ')}` : ROUTINE_WORDS[routine];
}

function nextOf(scene: Scene, agent: number): string {
  const next = destinationOf(scene, agent);
  if (next !== undefined) return scene.placeName(next);
  const { routine, stops } = scene.habits.get(agent) ?? { routine: undefined, stops: [] };
  if (!routine) return 'unknown';
  if (routine === 'PlayerControlled') return 'wherever the player goes';
  const isAtHome = stops.includes(scene.agents.get(agent) ?? -1);
  return isAtHome ? 'nowhere, it stays' : 'any exit';
}

function purseOf(scene: Scene, agent: number): string {
  const held = [...(scene.purses.get(agent) ?? [])].filter(([, quantity]) => quantity > 0);
  const rank = (good: number) => (good === GOLD ? -1 : good);
  const words = held
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([good, quantity]) => `${quantity} ${scene.goods.get(good) ?? 'of something'}`);
  return words.join(', ') || 'nothing';
}
