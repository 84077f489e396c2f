import { MAX_NEIGHBOURS, NOBODY } from '../../../client/world-constants.ts';
import type { Agent } from '../rows.ts';
import type { World } from '../state.ts';

/** What a mind is told about the world, as JSON (`spike/world/src/slow_path/context.rs` has the shape). */
export function describe(world: World, agent: Agent, asker: number, question: string): string {
  const { geography, clock } = world;
  const place = geography.map.places[agent.place];
  return JSON.stringify({
    tick: clock.tick,
    agent: { id: agent.id, name: world.nameOf(agent.id), persona: world.personas[agent.id] },
    place: place && { name: place.name, description: place.description },
    exits: (geography.exits[agent.place] ?? []).map(({ direction }) => direction),
    here: neighbours(world, agent).map((id) => ({ id, name: world.nameOf(id) })),
    holds: geography.goods
      .map((good, index) => ({ good, quantity: world.purses.get(agent.id, index) }))
      .filter(({ quantity }) => quantity > 0),
    heard: (world.said.get(agent.place) ?? []).map(({ speaker, words }) => ({ name: world.nameOf(speaker), words })),
    asker: asker === NOBODY ? null : world.nameOf(asker),
    question,
  });
}

/** Those who have been here longest, and not more than fit into a prompt. */
function neighbours(world: World, { id, place }: Agent): number[] {
  const some: number[] = [];
  for (const other of world.here(place)) {
    if (some.length === MAX_NEIGHBOURS) break;
    if (other !== id) some.push(other);
  }
  return some;
}
