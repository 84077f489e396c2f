import { expect } from 'playwright/test';
import { Rejection, type ArmWorld, type Thinker } from './arm.ts';

/** Players ask the agents, three each, in a world where nobody else thinks. */
export async function askEach(world: ArmWorld, agents: readonly number[]): Promise<void> {
  await world.owner.call('set_tempo', 100, 100, 0);
  for (let first = 0; first < agents.length; first += 3) {
    const player = await world.player(['Nils', 'Ada', 'Olaf'][first / 3] ?? 'Runa');
    for (const agent of agents.slice(first, first + 3)) await player.call('ask', agent, 'Well?');
  }
}

/** @returns the words if they were accepted */
export async function say(who: Thinker, request: number, epoch: number, words: string): Promise<string[]> {
  return (await attempt(who.call('submit', request, epoch, { Say: words }))).map(() => words);
}

/** @returns one entry if the call was accepted, none if it was rejected */
export async function attempt(call: Promise<void>): Promise<string[]> {
  return call.then(
    () => ['accepted'],
    (error: unknown) => {
      if (error instanceof Rejection) return [];
      throw error;
    },
  );
}

/** All requests are done, `least` of them or more, and each has exactly one event. */
export async function expectEachOnce(world: ArmWorld, least: number): Promise<void> {
  const { requests, events } = await world.census();
  expect(requests.length).toBeGreaterThanOrEqual(least);
  expect(requests.map(({ state }) => state)).toEqual(requests.map(() => 'Done'));
  const acted = events.map(({ request }) => request).filter((request) => request > 0);
  expect(acted.sort((a, b) => a - b)).toEqual(requests.map(({ id }) => id));
}
