import { expect, test } from 'playwright/test';
import { someRun } from './evidence.fixture.ts';
import { parseEvidence } from './evidence.ts';
import { spread, type Exchange } from './transcript.ts';

const exchange: Exchange = {
  question: 'Nils asks Mira: Who are you?',
  context: 'At the gate.',
  answer: '<script>alert(1)</script>',
  outcome: 'Applied: Mira says: <script>alert(1)</script>',
  milliseconds: 1_500,
};
const read = (transcript: unknown) => parseEvidence(JSON.stringify({ ...someRun('tick'), transcript }));

test('evidence may carry examples, and keeps their words as they were', () => {
  expect(read([exchange])).toMatchObject({ transcript: [exchange] });
});

for (const [what, transcript] of [
  ['an empty list', []],
  ['a missing answer', [{ ...exchange, answer: undefined }]],
  ['an answer without an end', [{ ...exchange, answer: 'a'.repeat(601) }]],
  ['a field of its own', [{ ...exchange, score: 1 }]],
] as const) {
  test(`evidence whose examples have ${what} is rejected`, () => {
    expect(() => read(transcript)).toThrow(/transcript/);
  });
}

test('examples are taken at equal distances, and all of them where there are few', () => {
  const all = Array.from({ length: 100 }, (_, index) => index);
  expect(spread(all, 4)).toEqual([0, 25, 50, 75]);
  expect(spread(all.slice(0, 3), 4)).toEqual([0, 1, 2]);
});
