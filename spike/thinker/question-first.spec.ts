import { mergeTests } from 'playwright/test';
import { expect, test as inWorld, type TestWorld } from '../fixture.ts';
import type { Mind } from './mind.ts';
import { openAiMind } from './openai-mind.ts';
import { test as withProvider, type ChatRequest } from './provider.fixture.ts';
import { queueOf, think } from './think.fixture.ts';

const SAY = JSON.stringify({ action: { kind: 'say', words: 'They pay in old coin.' } });
const test = mergeTests(inWorld, withProvider);

const isQuestion = ({ body }: ChatRequest) =>
  (JSON.parse(body.messages[1]?.content.split('\n')[1] ?? '') as { question: string }).question !== '';
const count = async (world: TestWorld, column: string) => Number((await queueOf(world))?.[column]);

/** Lets the agents reflect until the thinker has no room left, and then no more. */
async function fill(world: TestWorld, room: number): Promise<void> {
  await world.call('set_tempo', [20, 1, 1]);
  await expect.poll(() => count(world, 'leased')).toBe(room);
  await world.call('set_tempo', [100, 60_000, 0]);
}

test('a question to a reflecting agent is answered although an outage comes between', async ({ world, provider }) => {
  provider.behave((request) => (isQuestion(request) ? { answers: SAY } : { hangs: true }));
  const mind = openAiMind({ baseUrl: provider.baseUrl, model: 'm', apiKey: 'none', structured: 'schema' });
  const { thinker } = think(world, await world.account('Thinker'), mind, { concurrency: 30, timeoutMs: 90_000 });
  await fill(world, 30);
  await provider.goDown();
  await world.call('ask', [0, 'Well?'], await world.player('Nils'));
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  await provider.comeBack();
  await expect
    .poll(async () => (await world.sql('SELECT words FROM event WHERE request > 0')).map(({ words }) => words), {
      timeout: 30_000,
    })
    .toEqual(['They pay in old coin.']);
  await thinker.stop();
});

test('a reflection gives way to a question when the thinker has no room', async ({ world, provider }) => {
  provider.behave((request) => (isQuestion(request) ? { answers: SAY } : { hangs: true }));
  const mind = openAiMind({ baseUrl: provider.baseUrl, model: 'm', apiKey: 'none', structured: 'schema' });
  const { thinker, lines } = think(world, await world.account('Thinker'), mind, { concurrency: 3, timeoutMs: 90_000 });
  await fill(world, 3);
  await world.call('ask', [0, 'Well?'], await world.player('Nils'));
  await expect.poll(() => count(world, 'done'), { timeout: 15_000 }).toBe(1);
  expect(lines.filter((line) => line.includes('it gave way to a question'))).toHaveLength(1);
  await thinker.stop();
});

test('a question gives way to nobody', async ({ world }) => {
  const hanging: Mind = { name: 'hanging', think: () => new Promise(() => {}) };
  const { thinker, lines } = think(world, await world.account('Thinker'), hanging, {
    concurrency: 2,
    timeoutMs: 90_000,
  });
  await world.call('set_tempo', [100, 60_000, 0]);
  const nils = await world.player('Nils');
  for (const agent of [0, 1, 2]) await world.call('ask', [agent, 'Well?'], nils);
  await expect.poll(() => count(world, 'leased')).toBe(2);
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  expect(await queueOf(world)).toMatchObject({ leased: 2, pending: 1 });
  expect(lines.filter((line) => line.includes('failed'))).toEqual([]);
  await thinker.stop();
});
