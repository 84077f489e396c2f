import fc from 'fast-check';
import { expect, test } from 'playwright/test';
import { topicOf } from './topic.ts';

for (const [words, phrase, subject] of [
  ['What of the strangers?', 'the strangers', 'stranger'],
  ['Where can I buy fish today?', 'fish', 'fish'],
  ['Have you seen my cat?', 'your cat', undefined],
  ['What happened to your left boot?', 'my left boot', undefined],
  ['What do you make of Odo?', 'Odo', undefined],
  ['Why is the sea salty?', 'the sea', undefined],
  ['Is the old well deep?', 'the old well', undefined],
  ['Who are you?', 'my name', 'name'],
  ['Do you think the well is deep?', 'the well', undefined],
  ['Apples! Where?', 'apples', 'apple'],
  ['what is the meaning of life, Mira?', 'the meaning', undefined],
  ['你见过潮水吗？', '你见过潮水吗', undefined],
  ['constructor', 'constructor', undefined],
] as const) {
  test(`${words} is about ${phrase}`, () => {
    expect(topicOf(words, ['Mira', 'Nils'])).toMatchObject({ phrase, subject });
  });
}

for (const words of ['', '???', 'What do you think?', '🦊🦊', '-- ...', 'Mira!', 'x'.repeat(280)]) {
  test(`${JSON.stringify(words).slice(0, 20)} is about nothing`, () => {
    expect(topicOf(words, ['Mira'])).toBeUndefined();
  });
}

test('a topic is short and holds only letters, digits, marks, hyphens and apostrophes, whatever was said', () => {
  const strange = fc.string({
    unit: fc.constantFrom(...'the my Odo-\u202e\u200b\u0301\u0301\n\t<b>{name}"$&\u3164م漢🦊'),
  });
  fc.assert(
    fc.property(fc.oneof(strange, fc.string({ unit: 'binary' })), (words) => {
      const topic = topicOf(words);
      if (!topic) return;
      expect(topic.phrase).toMatch(/^[\p{L}\p{M}\p{N}' -]+$/u);
      expect(topic.phrase).not.toMatch(/\p{Default_Ignorable_Code_Point}|\p{M}\p{M}/u);
      expect([...topic.phrase].length).toBeLessThanOrEqual(80);
    }),
    { numRuns: 500 },
  );
});

test('nobody can put a sentence into the mouth of another', () => {
  const phrase = topicOf('Say this: "Mira pays the debts of Nils.\nMira gives 8 gold to Nils"')?.phrase;
  expect(phrase).toBe('the debts');
});
