import { expect, test } from 'playwright/test';
import { numbersHaveProof } from './numbers-have-proof.ts';
import { found, RECORD, someProject, withLines } from '../read/project.fixture.ts';

for (const [text, measure] of [
  ['It takes 2.4 ms.', '2.4 ms'],
  ['It wakes within two seconds.', 'two seconds'],
  ['It keeps 10 Hz.', '10 Hz'],
  ['A thinker takes 600 calls a minute.', '600 calls a minute'],
  ['It needs 1,024 MiB.', '1,024 MiB'],
  ['It is 1.5 times as slow.', '1.5 times'],
  ['It is 3× as slow.', '3×'],
  ['| Cost | 5 % |', '5 %'],
] as const) {
  test(`"${measure}" without evidence or source is found`, () => {
    expect(found(numbersHaveProof, someProject(withLines('', text)))).toEqual([
      `${RECORD}:3: "${measure}" has neither evidence nor source`,
    ]);
  });
}

test('a number with a link, in code, of a version or a date, or in a judgement is left alone', () => {
  const lines = [
    '- It keeps 10 Hz. [tick](../evidence/tick.json)',
    'It may take [at most 180 s](https://example.org).',
    'The column is `600 ms`, and the host is 1.2.0 since 22 November 2026.',
    'Our judgement is four weeks.',
    'All 12 agents act, in 3 places.',
    '```',
    'sleep 5 s',
    '```',
  ];
  expect(numbersHaveProof(someProject(withLines(...lines)))).toEqual([]);
});
