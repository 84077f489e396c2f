import { expect, test } from 'playwright/test';
import { parseRecord } from './record.ts';

const LAWFUL = { status: 'accepted', date: '2026-11-22', 'decision-makers': 'us' };
const read = (changes: Record<string, string | undefined>) => {
  const lines = Object.entries({ ...LAWFUL, ...changes }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${value}`],
  );
  return parseRecord({ path: 'adr/0001-a.md', text: ['---', ...lines, '---', '', '# A'].join('\n') });
};

for (const [what, changes, head] of [
  ['a status in quotes and capitals', { status: '"Accepted"' }, { status: 'accepted' }],
  ['a day in quotes', { date: "'2026-11-22'" }, { date: '2026-11-22' }],
  ['keys that may be left out without a value', { consulted: '', informed: '""', reviewBy: '' }, {}],
  [
    "MADR's status of a superseded record",
    { status: 'superseded by ADR-0005' },
    { status: 'superseded', supersededBy: ['0005'] },
  ],
  [
    'the same as a link',
    { status: '"superseded by [ADR-0005](0005-five.md)"' },
    { status: 'superseded', supersededBy: ['0005'] },
  ],
  ['the same with a short number', { status: 'Superseded by 5' }, { status: 'superseded', supersededBy: ['0005'] }],
  ['a list of people', { 'decision-makers': '[Ada, "Grace"]' }, { 'decision-makers': ['Ada', 'Grace'] }],
] as const) {
  test(`reads ${what}`, () => {
    const record = read(changes);
    expect(record.faults).toEqual([]);
    expect(record.head).toEqual({ ...LAWFUL, ...head });
  });
}

for (const [what, changes, wrong, fix] of [
  ['an unknown status', { status: 'done' }, 'status done cannot be read', /^use proposed, .*superseded by ADR-0123$/],
  [
    'a status that names no successor',
    { status: 'superseded by us' },
    'status superseded by us cannot be read',
    /^use /,
  ],
  ['no status', { status: '' }, 'status has no value', /^use proposed/],
  ['a key that is missing', { date: undefined }, 'date is missing', /such as 2026-11-22/],
  ['another form of day', { date: '22/11/2026' }, 'date 22/11/2026 cannot be read', /such as 2026-11-22/],
  ['a day that does not exist', { date: '2026-02-30' }, 'date 2026-02-30 cannot be read', /such as/],
  ['nobody who decides', { 'decision-makers': '[]' }, 'decision-makers [] cannot be read', /at least one/],
  ['a number without quotes', { relatesTo: '[0002]' }, 'relatesTo [0002] cannot be read', /in quotes/],
  [
    "MADR 3's name of a key",
    { deciders: 'us' },
    'deciders is not a key of the front matter',
    /calls it decision-makers/,
  ],
  ['an unknown key', { state: 'accepted' }, 'state is not a key of the front matter', /^the keys are status, /],
  [
    'a placeholder',
    { informed: '{list everyone}' },
    "informed still has the template's {list everyone}",
    /replace it, or delete the line/,
  ],
] as const) {
  test(`names ${what}, with the line and what to write`, () => {
    const [fault, ...more] = read(changes).faults;
    expect(more).toEqual([]);
    expect(fault).toEqual({ line: expect.any(Number), wrong, fix: expect.stringMatching(fix) });
    const key = Object.keys(changes)[0]!;
    const line =
      changes[key as keyof typeof changes] === undefined ? 1 : Object.keys({ ...LAWFUL, ...changes }).indexOf(key) + 2;
    expect(fault?.line).toBe(line);
  });
}
