import { expect, test } from 'playwright/test';
import { parseRecord } from './record.ts';
import { predecessorsOf, successorsOf } from './succession.ts';

function record(number: string, status: string, ...links: string[]) {
  const head = ['---', `status: ${status}`, 'date: 2026-11-22', 'decision-makers: us', ...links, '---'];
  return parseRecord({ path: `adr/${number}-a.md`, text: [...head, '', '# A'].join('\n') });
}

for (const [what, older, newer] of [
  ['both records name each other', ["supersededBy: ['0002']"], ["supersedes: ['0001']"]],
  ['only the older one names the newer', ["supersededBy: ['0002']"], []],
  ['only the newer one names the older', [], ["supersedes: ['0001']"]],
] as const) {
  test(`both records show the succession when ${what}`, () => {
    const records = [
      record('0001', 'superseded', ...older),
      record('0002', 'accepted', ...newer),
      record('0003', 'accepted'),
    ];
    const [first, second, third] = records;
    expect(successorsOf(first!, records)).toEqual([{ record: second, succession: 'in force' }]);
    expect(predecessorsOf(second!, records)).toEqual([{ record: first, succession: 'in force' }]);
    for (const one of [second!, third!]) expect(successorsOf(one, records)).toEqual([]);
    for (const one of [first!, third!]) expect(predecessorsOf(one, records)).toEqual([]);
  });
}

for (const [status, succession] of [
  ['proposed', 'proposed'],
  ['rejected', 'rejected'],
  ['deprecated', 'in force'],
  ['superseded', 'in force'],
] as const) {
  test(`the succession by a record that is ${status} is ${succession}`, () => {
    const records = [record('0001', 'accepted'), record('0002', status, "supersedes: ['0001']")];
    expect(successorsOf(records[0]!, records)).toMatchObject([{ succession }]);
    expect(predecessorsOf(records[1]!, records)).toMatchObject([{ succession }]);
  });
}
