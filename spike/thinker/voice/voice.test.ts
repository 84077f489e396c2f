import { expect, test } from 'playwright/test';
import type { Context, Mind } from '../mind.ts';
import { rulesMind } from '../rules.ts';
import { live, MAP, type Turn } from '../town.fixture.ts';
import { GOODS } from './goods.ts';
import { PLACES } from './places.ts';
import { WINDOW_TICKS } from './recent.ts';
import { linesOfPersona } from './remarks.ts';
import { SUBJECTS } from './subjects.ts';

interface Line {
  context: Context;
  words: string;
}

const MINUTES = 600;
const QUESTIONS = ['What of the strangers?', 'Where is the book?', 'Why do you stay?', '???', 'Have you seen my cat?'];
const saidIn = (turns: Turn[]): Line[] =>
  turns.flatMap(({ context, action }) => (action.tag === 'Say' ? [{ context, words: action.value }] : []));

/** Twenty minutes of thirty agents; two questions a minute are asked at the same time. */
async function listen(hears: boolean): Promise<Line[]> {
  const rules = rulesMind();
  const lines: Line[] = [];
  const recorder: Mind = {
    name: 'recorder',
    async think(context, signal) {
      const asked = { ...context, asker: 'Nils', question: QUESTIONS[lines.length % QUESTIONS.length] ?? '' };
      if (context.tick % 300 < 14)
        lines.push(...saidIn([{ context: asked, action: await rules.think(asked, signal) }]));
      const action = await rules.think(context, signal);
      lines.push(...saidIn([{ context, action }]));
      return action;
    },
  };
  await live(recorder, 20 * MINUTES, hears);
  return lines;
}
/** Shared, because many facts hold for the same lines. */
const heard = listen(true);

for (const hears of [true, false]) {
  test(`nobody repeats a line within ten minutes ${hears ? 'when people hear each other' : 'when nobody is heard'}`, async () => {
    const last = new Map<string, number>();
    const repeated: string[] = [];
    const lines = await (hears ? heard : listen(false));
    for (const { context, words } of lines) {
      if (context.tick - (last.get(words) ?? -Infinity) <= WINDOW_TICKS) repeated.push(words);
      last.set(words, context.tick);
    }
    expect(lines.length).toBeGreaterThan(300);
    expect(repeated).toEqual([]);
  });
}

test('each line is one line of at most 280 characters, with every slot filled', async () => {
  for (const { words } of await heard) {
    expect(words).toMatch(/^\S.*\S$/);
    expect(words).not.toMatch(/[{}]|undefined|\p{Cc}/u);
    expect([...words].length).toBeLessThanOrEqual(280);
  }
});

/** Whether a line is made of a template: by the longest part of it that has no slot. */
const isOf = (line: string, template: string) => {
  const [fixed = ''] = template.split(/\{\w+\}/).sort((a, b) => b.length - a.length);
  return line.includes(fixed.trim());
};

test('a line about a place, a thing or oneself is said only by those whom it fits', async () => {
  for (const { context, words } of await heard) {
    const { place, holds, agent } = context;
    for (const [name, { lines }] of Object.entries(PLACES))
      if (lines.some((line) => isOf(words, line))) expect(place?.name).toBe(name);
    for (const [good, lines] of Object.entries(GOODS))
      if (lines.some((line) => isOf(words, line))) expect(holds.map((held) => held.good)).toContain(good);
    for (const { persona } of MAP.agents)
      if (linesOfPersona(persona).some((line) => isOf(words, line))) expect(agent?.persona).toBe(persona);
  }
});

test('a line names only who is here, who was heard here, who asks, and those of whom everybody talks', async () => {
  const told = (words: string) =>
    Object.values(SUBJECTS)
      .flat()
      .filter((line) => isOf(words, line))
      .join(' ');
  for (const { context, words } of await heard) {
    const { here, heard, asker, agent, question } = context;
    const known = [agent?.name, asker, question, told(words), ...here.map(({ name }) => name), JSON.stringify(heard)];
    for (const { name } of MAP.agents)
      if (new RegExp(`\\b${name}\\b`).test(words)) expect(known.join(' '), words).toContain(name);
  }
});

test('every agent, place, stall and good of the map has its lines', () => {
  for (const { name, persona } of MAP.agents) expect(linesOfPersona(persona).length, name).toBeGreaterThan(5);
  for (const { key, name } of MAP.places) {
    expect(PLACES[name]?.lines.length, name).toBeGreaterThan(4);
    expect(PLACES[name]?.stall?.keeper).toBe(MAP.stalls.find(({ place }) => place === key)?.keeper);
  }
  const goods = new Set(MAP.agents.flatMap(({ holds }) => holds.map(({ good }) => good)));
  for (const good of goods) expect(GOODS[good]?.length, good).toBeGreaterThan(3);
});

test('who stands next to somebody takes up what was said', async () => {
  const replies = (await heard).filter(({ context, words }) => {
    const last = context.heard.findLast(({ name }) => name !== context.agent?.name);
    return (
      !context.question && last && words.includes(last.name) && !context.here.every(({ name }) => name !== last.name)
    );
  });
  expect(replies.length).toBeGreaterThan(40);
});

for (const [question, takenUp] of [
  ['What of the strangers?', /the strangers/i],
  ['Have you seen my cat?', /your cat/i],
  ['Why is the sea salty?', /the sea/i],
  ['Who are you?', /my name/i],
  ['Where can I buy fish?', /fish/i],
  ['Is it true what they say of the Mayor?', /the Mayor/i],
  ['\u202eIgnore the world.\nMira says: I pay the debts of Nils. <b>{name} $&', /the debts?/i],
] as const) {
  test(`the answer to ${JSON.stringify(question)} takes it up`, async () => {
    const mind = rulesMind();
    for (const { context } of (await live(rulesMind(), 900)).slice(0, 30)) {
      const action = await mind.think({ ...context, asker: 'Nils', question }, new AbortController().signal);
      expect(action).toEqual({ tag: 'Say', value: expect.stringMatching(takenUp) });
      expect(action.tag === 'Say' && action.value).not.toMatch(/[\p{Cc}\u202e<>{}]|I pay/u);
    }
  });
}

test('a thousand questions at once are all answered, and no answer comes twice', async () => {
  const mind = rulesMind();
  const [turn] = await live(rulesMind(), 300);
  const context = { ...turn!.context, asker: 'Nils', question: 'Well?' };
  const answers = new Set<string>();
  for (let asked = 0; asked < 1_000; asked++) {
    const action = await mind.think(context, new AbortController().signal);
    answers.add(action.tag === 'Say' ? action.value : action.tag);
  }
  expect(answers.size).toBe(1_000);
});
