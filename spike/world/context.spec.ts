import { expect, test } from '../fixture.ts';

interface Told {
  agent: { id: number; name: string; persona: string };
  place: { name: string };
  exits: string[];
  here: { id: number; name: string }[];
  holds: { good: string; quantity: number }[];
  heard: unknown[];
  asker: string;
  question: string;
}

test('a mind is told who the agent is, where it is, what it holds and who else is there', async ({ world }) => {
  // Agents must not come and go by routine here.
  await world.call('set_tempo', [100, 60_000, 0]);
  const nils = await world.player('Nils');
  await world.call('act', [{ Go: 'north' }], nils);
  await world.call('ask', [1, 'What is salt?'], nils);
  const [{ payload } = {}] = await world.sql('SELECT * FROM think_context');
  const told = JSON.parse(String(payload)) as Told;
  expect(told.agent).toMatchObject({ id: 1, name: 'Odo' });
  expect(told.place.name).toBe('The Market');
  expect(told.exits.sort()).toEqual(['east', 'north', 'south', 'west']);
  expect(told.here).toContainEqual({ id: nils.agent, name: 'Nils' });
  expect(told.here.map(({ name }) => name)).not.toContain('Odo');
  expect(told.holds).toContainEqual({ good: 'salt', quantity: 6 });
  expect(told.holds).toContainEqual({ good: 'gold', quantity: 60 });
  expect([told.asker, told.question, told.heard]).toEqual(['Nils', 'What is salt?', []]);
});
