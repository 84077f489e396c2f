import { mergeTests } from 'playwright/test';
import { expect, test as inWorld, type TestWorld } from '../fixture.ts';
import { openAiMind } from './openai-mind.ts';
import { test as withProvider, type Behaviour, type Provider } from './provider.fixture.ts';
import { queueOf, think } from './think.fixture.ts';

const SAY = JSON.stringify({ action: { kind: 'say', words: 'They pay in old coin.' } });
const test = mergeTests(inWorld, withProvider);

async function thinkWith(world: TestWorld, provider: Provider, timeoutMs = 5_000) {
  const mind = openAiMind({ baseUrl: provider.baseUrl, model: 'a-model', apiKey: 'none', structured: 'schema' });
  const { thinker, lines } = think(world, await world.account('Thinker'), mind, { timeoutMs });
  await thinker.link.firstLive;
  return { thinker, lines };
}

const attempts = async (world: TestWorld) =>
  (await world.sql('SELECT attempts FROM think_request')).map((row) => Number(row['attempts']));
const spent = async (world: TestWorld) => Number((await world.sql('SELECT calls FROM think_budget'))[0]?.['calls']);

test.beforeEach(async ({ world }) => {
  await world.call('set_tempo', [100, 60_000, 0]);
});

const OUTAGES: [string, Behaviour | 'down'][] = [
  ['refuses connections', 'down'],
  ['drops connections', { drops: true }],
  ['answers 500 with a page', { status: 500, says: '<html><title>Bad gateway</title></html>' }],
  ['answers 401', { status: 401 }],
  ['answers 429', { status: 429, says: { error: 'slow down' } }],
  ['does not answer', { hangs: true }],
];
for (const [what, behaviour] of OUTAGES) {
  test(`a question that is asked while the provider ${what} is answered afterwards`, async ({ world, provider }) => {
    provider.behave(behaviour === 'down' ? { answers: SAY } : behaviour);
    if (behaviour === 'down') await provider.goDown();
    const { thinker, lines } = await thinkWith(world, provider, 500);
    for (const [agent, name] of ['Nils', 'Ada', 'Ida', 'Ole', 'Kari'].entries())
      await world.call('ask', [agent, 'What of the strangers?'], await world.player(name));
    const paused = () => lines.filter((line) => line.startsWith('the mind failed 3 times in a row'));
    await expect.poll(paused, { timeout: 15_000 }).toHaveLength(1);
    // Long enough for more than three attempts of each, were they counted.
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    expect(await attempts(world)).toEqual([0, 0, 0, 0, 0]);
    expect(await queueOf(world)).toMatchObject({ dead: 0, expired: 0, done: 0 });
    provider.behave({ answers: SAY });
    if (behaviour === 'down') await provider.comeBack();
    await expect.poll(() => queueOf(world), { timeout: 30_000 }).toMatchObject({ done: 5, pending: 0, leased: 0 });
    expect(paused()).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('the mind answers again'))).toHaveLength(1);
    await thinker.stop();
  });
}

test('an outage does not use up the calls of a minute', async ({ world, provider }) => {
  await world.call('set_mind_policy', [{ Normal: [] }, 5]);
  await provider.goDown();
  const { thinker } = await thinkWith(world, provider);
  await world.call('ask', [0, 'Well?'], await world.player('Nils'));
  await new Promise((resolve) => setTimeout(resolve, 12_000));
  expect(await spent(world)).toBeLessThan(2);
  provider.behave({ answers: SAY });
  await provider.comeBack();
  await expect.poll(() => queueOf(world), { timeout: 30_000 }).toMatchObject({ done: 1 });
  await thinker.stop();
});

test('a delay that stands only in the body is kept, for other requests too', async ({ world, provider }) => {
  const said = {
    error: { code: 429, details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '6s' }] },
  };
  provider.behave({ status: 429, says: [said] });
  const { thinker, lines } = await thinkWith(world, provider);
  await world.call('ask', [0, 'Well?'], await world.player('Nils'));
  await expect.poll(() => lines).toContainEqual(expect.stringContaining('; it asks for a pause of 6 s'));
  provider.behave({ answers: SAY });
  const calls = provider.asked.length;
  await world.call('ask', [1, 'Well?'], await world.player('Ada'));
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  expect(provider.asked.length).toBe(calls);
  await expect.poll(() => queueOf(world), { timeout: 20_000 }).toMatchObject({ done: 2 });
  await thinker.stop();
});
