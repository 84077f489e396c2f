import type { Scene } from './scene.ts';

/**
 * The place where an agent's routine takes it next, as `walk` in `spike/world/src/fast_path/routine.rs` decides it.
 * @returns undefined when it stays, when chance decides, or when a player does
 */
export function destinationOf({ agents, steps, habits, exits }: Scene, agent: number): number | undefined {
  const place = agents.get(agent);
  const { stops, routine } = habits.get(agent) ?? { stops: [], routine: 'Rest' };
  if (place === undefined || routine === 'PlayerControlled') return undefined;
  const step = steps.get(agent) ?? -1;
  const at = stops[step] === place ? step : stops.indexOf(place);
  const next = at >= 0 ? stops[(at + 1) % stops.length] : wayBack(exits, place, stops);
  return next === place ? undefined : next;
}

/** Off its route, as after a thought, an agent takes an exit that reaches a stop. */
function wayBack(exits: Scene['exits'], place: number, stops: number[]): number | undefined {
  return exits.find(({ from, to }) => from === place && stops.includes(to))?.to;
}
