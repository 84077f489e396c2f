import { expect, test } from 'playwright/test';
import { citedNumbersAgree, withCitedNumbers } from './cited-numbers.ts';
import { someRun } from '../../../claims/evidence.fixture.ts';
import { found, RECORD, someFile, someProject, withLines } from '../read/project.fixture.ts';

const LINK = '../evidence/tick.json#lateness.p99';
const CONTROL = '../evidence/tick.json#control.lateness.p99';
const citing = (...labels: string[]) =>
  someProject(withLines(...labels.map((label) => `Late by [${label}](${LINK}).`)));

test('a number that is its figure, as precisely as it is written, agrees', () => {
  expect(citedNumbersAgree(citing('3.1 ms', 'p99 3.10 ms', '3 ms at most', 'so much'))).toEqual([]);
  expect(citedNumbersAgree(someProject(withLines(`Broken: [150 ms](${CONTROL}).`)))).toEqual([]);
});

for (const [label, wrong] of [
  ['2.4 ms', 'says 2.4, and tick has 3.095 ms'],
  ['3.1 s', '"3.1 s" is not in ms'],
  ['3.1', '"3.1" is not in ms'],
  ['3.1 of 10 ms', '"3.1 of 10 ms" holds more than one number'],
] as const) {
  test(`the citation "${label}" is found`, () => {
    expect(found(citedNumbersAgree, citing(label))).toEqual([`${RECORD}:2: ${wrong}`]);
  });
}

test('a figure that the claim does not have is found, and those that it has are named', () => {
  const project = someProject(withLines('Late by [3.1 ms](../evidence/tick.json#lateness.p90).'));
  expect(citedNumbersAgree(project)).toMatchObject([
    { wrong: '"tick" has no figure "lateness.p90"', mend: 'the figures are: lateness.p99, control.lateness.p99' },
  ]);
});

test('a figure that was measured under one of several conditions can be cited', () => {
  const figures = [{ name: 'due.p99', label: 'Due time', value: 389.62, unit: 'ms' }];
  const run = someRun('tick', { conditions: [{ name: '10000x1', label: '10,000 acting', figures }] });
  const citing = (label: string) =>
    someProject({
      ...withLines(`It takes [${label}](../evidence/tick.json#10000x1.due.p99).`),
      evidence: [someFile(run)],
    });
  expect(citedNumbersAgree(citing('390 ms'))).toEqual([]);
  expect(found(citedNumbersAgree, citing('32 ms'))).toEqual([`${RECORD}:2: says 32, and tick has 389.62 ms`]);
});

test('a fix writes the figure as precisely as the text was, and leaves the rest', () => {
  const lines = [
    `Late by [2.4 ms](${LINK}), or [about 2.41 ms](${LINK}); broken by [1,234 ms](${CONTROL}).`,
    `Not [3.1 of 10 ms](${LINK}), not [late](${LINK}), not [2.4 ms](https://example.org).`,
  ];
  const project = someProject(withLines(...lines));
  const [record] = project.records;
  const text = record ? withCitedNumbers(record, project).text : '';
  expect(text.split('\n').slice(1)).toEqual([
    `Late by [3.1 ms](${LINK}), or [about 3.10 ms](${LINK}); broken by [150 ms](${CONTROL}).`,
    lines[1],
  ]);
});
