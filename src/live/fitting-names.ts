import type { Scene } from './scene.ts';

/** Those whose name begins so, the shortest first: an exact match comes before the others. */
export function fittingNames(scene: Scene, typed: string): { agent: number; name: string }[] {
  const wanted = keyOf(typed);
  if (!wanted) return [];
  return [...scene.agents.keys()]
    .map((agent) => ({ agent, name: scene.nameOf(agent) }))
    .filter(({ name }) => keyOf(name).startsWith(wanted))
    .sort((a, b) => a.name.length - b.name.length || a.agent - b.agent);
}

const keyOf = (name: string) => name.trim().normalize('NFC').toLowerCase();
