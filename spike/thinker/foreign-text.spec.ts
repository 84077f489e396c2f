import { mergeTests } from 'playwright/test';
import { expect, test as inWorld } from '../fixture.ts';
import { openAiMind } from './openai-mind.ts';
import { test as withProvider, type Behaviour } from './provider.fixture.ts';
import { think } from './think.fixture.ts';

const test = mergeTests(inWorld, withProvider);
/** Clears the screen, sets the title of a terminal, starts a line of its own, and turns the direction of the text. */
const ATTACK = '\u001b[2J\u001b]0;owned\u0007\r\nfake line\u202eevil\u0085\u009b31m';
const HARMFUL = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
const action = (fields: object): Behaviour => ({ answers: JSON.stringify({ action: fields }) });

const SINKS: [string, Behaviour][] = [
  ["a model's refusal", { refuses: `I will not ${ATTACK}` }],
  ["a model's words", { answers: `no JSON ${ATTACK}` }],
  ['an answer of the wrong form', action({ kind: ATTACK })],
  ['an action that the world refuses', action({ kind: 'go', direction: ATTACK })],
  ['an action with a good that nobody knows', action({ kind: 'give', to: 1, good: ATTACK, quantity: 1 })],
  ['an error of the provider', { status: 503, says: { error: { message: `busy ${ATTACK}` } } }],
  ['a page of a proxy', { status: 502, says: `<html><title>${ATTACK}</title></html>` }],
  ['a body that is not JSON', { breaks: `oops ${ATTACK}` }],
];

test('control characters of a model or provider reach neither the log nor the reason in the world', async ({
  world,
  provider,
}) => {
  await world.call('set_tempo', [100, 60_000, 0]);
  const mind = openAiMind({ baseUrl: provider.baseUrl, model: `m${ATTACK}`, apiKey: 'none', structured: 'none' });
  const { thinker, lines } = think(world, await world.account('Thinker'), mind);
  await thinker.link.firstLive;
  for (const [agent, [what, behaviour]] of SINKS.entries()) {
    provider.behave(behaviour);
    const failures = () => lines.filter((line) => line.includes(' failed: ')).length;
    const before = failures();
    await world.call('ask', [agent, 'Well?'], await world.player(`Player ${agent}`));
    await expect.poll(failures, { message: what, timeout: 15_000 }).toBeGreaterThan(before);
  }
  expect(lines.join('')).toContain(String.raw`\u{1b}`);
  for (const line of lines) expect(line).not.toMatch(HARMFUL);
  const refusals = (await world.sql('SELECT refusal FROM think_context')).map(({ refusal }) => String(refusal));
  expect(refusals.filter((refusal) => refusal !== '').length).toBeGreaterThan(3);
  for (const refusal of refusals) expect(refusal).not.toMatch(HARMFUL);
  await thinker.stop();
});

test("the next attempt's prompt says why the last answer was refused", async ({ world, provider }) => {
  await world.call('set_tempo', [100, 60_000, 0]);
  const seen: unknown[] = [];
  provider.behave(({ body }) => {
    seen.push((JSON.parse(body.messages[1]?.content.split('\n')[1] ?? '') as { refusal?: string }).refusal);
    return [
      action({ kind: 'go', direction: 'through the wall' }),
      action({ kind: 'say', words: 'x'.repeat(281) }),
      action({ kind: 'say', words: 'Good day.' }),
    ][seen.length - 1]!;
  });
  const mind = openAiMind({ baseUrl: provider.baseUrl, model: 'm', apiKey: 'none', structured: 'schema' });
  const { thinker, lines } = think(world, await world.account('Thinker'), mind);
  await world.call('ask', [0, 'Well?'], await world.player('Nils'));
  await expect.poll(() => lines, { timeout: 20_000 }).toContainEqual(expect.stringContaining('says: Good day.'));
  expect(seen).toEqual([
    undefined,
    expect.stringContaining('no exit leads "through the wall" from here'),
    expect.stringContaining('has 281 characters, and at most 280 are allowed'),
  ]);
  await thinker.stop();
});
