import { mergeTests } from 'playwright/test';
import { LEASE_MS } from '../client/world-constants.ts';
import { expect, test as inWorld } from '../fixture.ts';
import type { Mind } from './mind.ts';
import { openAiMind } from './openai-mind.ts';
import { test as withProvider } from './provider.fixture.ts';
import { queueOf, think } from './think.fixture.ts';

const SLOW_MS = LEASE_MS + 8_000;
const test = mergeTests(inWorld, withProvider);

test.beforeEach(async ({ world }) => {
  await world.call('set_tempo', [100, 60_000, 0]);
});

test('the first call to a model that starts for longer than a lease brings the answer', async ({ world, provider }) => {
  test.setTimeout(SLOW_MS + 30_000);
  const SAY = JSON.stringify({ action: { kind: 'say', words: 'I am awake.' } });
  provider.behave({ answers: SAY, afterMs: SLOW_MS });
  const mind = openAiMind({ baseUrl: provider.baseUrl, model: 'cold', apiKey: 'none', structured: 'schema' });
  const { thinker, lines } = think(world, await world.account('Thinker'), mind, { timeoutMs: 90_000 });
  await world.call('ask', [0, 'Well?'], await world.player('Nils'));
  await expect.poll(() => queueOf(world), { timeout: SLOW_MS + 15_000, intervals: [500] }).toMatchObject({ done: 1 });
  expect(provider.asked).toHaveLength(1);
  expect(lines.filter((line) => line.includes('failed'))).toEqual([]);
  await thinker.stop();
});

test('a lease that the world took back ends the call to the mind', async ({ world }) => {
  const account = await world.account('Thinker');
  let aborted = 0;
  const mind: Mind = {
    name: 'endless',
    think: (_context, signal) =>
      new Promise(() => {
        signal.addEventListener('abort', () => aborted++);
      }),
  };
  const { thinker, lines } = think(world, account, mind, { timeoutMs: 90_000 });
  await world.call('ask', [0, 'Well?'], await world.player('Nils'));
  await expect.poll(() => queueOf(world)).toMatchObject({ leased: 1 });
  // Anybody with the thinker's own token may end its lease.
  await world.call('give_back', [1, 1, { Unavailable: [] }, 'another process took over', 60_000], account);
  await expect.poll(() => aborted).toBe(1);
  expect(lines).toContainEqual(expect.stringContaining('failed: the world took its lease back'));
  await thinker.stop();
});
