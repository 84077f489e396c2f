import { expect, test } from 'playwright/test';
import { found } from '../read/project.fixture.ts';
import { headsAreLawful, linksAgree, recordsAreNumbered, reviewsAreDue, sectionsAreThere } from './record-form.ts';
import { parseRecord, type DecisionRecord } from '../../../records/record.ts';

const SECTIONS = [
  '## Context and Problem Statement',
  '## Considered Options',
  '## Decision Outcome',
  '### Consequences',
];

/** A lawful record, with further lines of front matter, and other headings. */
function record(number: string, links: string[] = [], status = 'accepted', headings = ['# A', ...SECTIONS]) {
  const head = [`status: ${status}`, 'date: 2026-11-22', 'decision-makers: us', ...links];
  return parseRecord({ path: `adr/${number}-a.md`, text: ['---', ...head, '---', '', ...headings].join('\n') });
}

test('two lawful records pass', () => {
  const records = [record('0001', ["relatesTo: ['0002']"]), record('0002')];
  for (const gate of [recordsAreNumbered, headsAreLawful, linksAgree, sectionsAreThere])
    expect(gate(records)).toEqual([]);
});

test('a file that is not named by number and slug is found, and a number that is used twice', () => {
  const named = (path: string): DecisionRecord => parseRecord({ path, text: '' });
  const names = ['adr/0001-a-b.md', 'adr/0001-c.md', 'adr/2-d.md', 'adr/0003-With_Capitals.md', 'adr/0004.md'];
  expect(found(recordsAreNumbered, names.map(named))).toEqual([
    'adr/0001-c.md:1: 0001 is the number of adr/0001-a-b.md too',
    'adr/2-d.md:1: the file is not named by a number and a slug',
    'adr/0003-With_Capitals.md:1: the file is not named by a number and a slug',
    'adr/0004.md:1: the file is not named by a number and a slug',
  ]);
});

test('front matter that is missing or not lawful is found, with its line', () => {
  const bare = parseRecord({ path: 'adr/0001-a.md', text: '# A' });
  expect(found(headsAreLawful, [bare])).toEqual(['adr/0001-a.md:1: no front matter at the beginning']);
  expect(found(headsAreLawful, [record('0001', ['relatesTo: [2]'], 'done')])).toEqual([
    'adr/0001-a.md:2: status done cannot be read',
    'adr/0001-a.md:5: relatesTo [2] cannot be read',
  ]);
});

test('a link to no record, and to itself, is found', () => {
  const records = [record('0001', ["relatesTo: ['0009']", "supersedes: ['0001']"])];
  expect(found(linksAgree, records)).toEqual([
    'adr/0001-a.md:5: relatesTo names 0009, which is not a record',
    'adr/0001-a.md:6: supersedes names the record itself',
    'adr/0001-a.md:2: adr/0001-a.md supersedes this record, whose status is "accepted"',
  ]);
});

test('what supersedes and what is superseded must say the same', () => {
  const old = record('0001', ["supersededBy: ['0002']"], 'superseded');
  expect(linksAgree([old, record('0002', ["supersedes: ['0001']"])])).toEqual([]);
  expect(found(linksAgree, [old, record('0002')])).toEqual([
    'adr/0001-a.md:5: 0002 does not say that it supersedes 0001',
  ]);
  expect(found(linksAgree, [record('0001', [], 'superseded'), record('0002')])).toEqual([
    'adr/0001-a.md:2: superseded, and no record supersedes it',
  ]);
  expect(found(linksAgree, [record('0001'), record('0002', ["supersedes: ['0001']"])])).toEqual([
    'adr/0001-a.md:2: adr/0002-a.md supersedes this record, whose status is "accepted"',
  ]);
  expect(linksAgree([record('0001'), record('0002', ["supersedes: ['0001']"], 'proposed')])).toEqual([]);
});

test('a superseded record that does not name its successor is found, with what to write', () => {
  const silent = record('0001', [], 'superseded');
  expect(linksAgree([silent, record('0002', ["supersedes: ['0001']"])])).toEqual([
    {
      file: 'adr/0001-a.md',
      line: 2,
      wrong: 'adr/0002-a.md supersedes this record, which does not name it',
      mend: "write supersededBy: ['0002']",
    },
  ]);
  const half = record('0001', ["supersededBy: ['0002']"], 'superseded');
  const both = ['0002', '0003'].map((number) => record(number, ["supersedes: ['0001']"]));
  expect(linksAgree([half, ...both])).toMatchObject([{ mend: "write supersededBy: ['0002', '0003']" }]);
});

test('a review date warns from the day after, and fails when it is malformed', () => {
  const gate = reviewsAreDue(new Date('2027-03-01T12:00:00Z'));
  expect(gate([record('0001'), record('0002', ['reviewBy: 2027-03-01'])])).toEqual([]);
  expect(gate([record('0001', ['reviewBy: 2027-02-28'])])).toEqual([
    expect.objectContaining({ line: 5, wrong: 'the review was due by 2027-02-28', warning: true }),
  ]);
  expect(found(headsAreLawful, [record('0001', ['reviewBy: March'])])).toEqual([
    'adr/0001-a.md:5: reviewBy March cannot be read',
  ]);
});

test('a section that is missing or out of order is found, and a title too many', () => {
  const headings = ['# A', '## Considered Options', SECTIONS[0] ?? '', '## Decision Outcome', '# B'];
  expect(found(sectionsAreThere, [record('0001', [], 'accepted', headings)])).toEqual([
    'adr/0001-a.md:11: 2 titles',
    'adr/0001-a.md:8: the section "## Considered Options" comes too early',
    'adr/0001-a.md:1: no section "### Consequences"',
  ]);
});
