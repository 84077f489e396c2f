import { lineOfKey, type DecisionRecord } from '../../../records/record.ts';
import type { Finding } from '../read/finding.ts';

/** A record's file is named by its number and a slug, and no number is used twice. */
export function recordsAreNumbered(records: DecisionRecord[]): Finding[] {
  const first = new Map<string, string>();
  return records.flatMap(({ path, number }): Finding[] => {
    const at = { file: path, line: 1 };
    if (!number) {
      const wrong = 'the file is not named by a number and a slug';
      return [{ ...at, wrong, mend: 'name it NNNN-words-in-lower-case.md' }];
    }
    const before = first.get(number);
    if (!before) first.set(number, path);
    return before
      ? [{ ...at, wrong: `${number} is the number of ${before} too`, mend: 'take the next free number' }]
      : [];
  });
}

/** Front matter is that of MADR 4, with typed links. */
export function headsAreLawful(records: DecisionRecord[]): Finding[] {
  return records.flatMap(({ path, faults }) =>
    faults.map(({ line, wrong, fix }) => ({ file: path, line, wrong, mend: fix })),
  );
}

/** Links lead to other records, and what one record says of another's end is what that other one says. */
export function linksAgree(records: DecisionRecord[]): Finding[] {
  return records.flatMap((record) => {
    const { path, number, head } = record;
    if (!number || !head) return [];
    const at = (key: keyof typeof head) => ({ file: path, line: lineOfKey(record, key) });
    const astray = (['relatesTo', 'supersedes', 'supersededBy'] as const).flatMap((key) =>
      (head[key] ?? [])
        .filter((target) => target === number || !records.some((other) => other.number === target))
        .map((target) => ({
          ...at(key),
          wrong: target === number ? `${key} names the record itself` : `${key} names ${target}, which is not a record`,
          mend: 'name the number of another record',
        })),
    );
    const successors = records.filter((other) => other.head?.supersedes?.includes(number));
    const unsaid = (head.supersededBy ?? [])
      .filter((target) => !successors.some((other) => other.number === target))
      .map((target) => ({
        ...at('supersededBy'),
        wrong: `${target} does not say that it supersedes ${number}`,
        mend: `write supersedes: ['${number}'] in ${target}, or take this away`,
      }));
    return [...astray, ...unsaid, ...endOf(record, successors)];
  });
}

/** A record that an accepted one supersedes has that status and names its successor, and no other record does. */
function endOf(record: DecisionRecord, successors: DecisionRecord[]): Finding[] {
  const at = { file: record.path, line: lineOfKey(record, 'status') };
  const { status, supersededBy = [] } = record.head!;
  if (status === 'superseded' && successors.length === 0 && supersededBy.length === 0) {
    const mend = `write its successor here in supersededBy, and supersedes: ['${record.number}'] in the successor`;
    return [{ ...at, wrong: 'superseded, and no record supersedes it', mend }];
  }
  const accepted = successors.filter(({ head }) => head?.status === 'accepted');
  if (status !== 'superseded')
    return accepted.slice(0, 1).map(({ path }) => {
      const wrong = `${path} supersedes this record, whose status is "${status}"`;
      return { ...at, wrong, mend: 'set the status to superseded' };
    });
  return accepted
    .filter(({ number = '' }) => !supersededBy.includes(number))
    .map(({ path, number }) => {
      const all = [...supersededBy, number].map((one) => `'${one}'`).join(', ');
      const wrong = `${path} supersedes this record, which does not name it`;
      return { ...at, wrong, mend: `write supersededBy: [${all}]` };
    });
}

/** Warns of a record whose review date has passed. Only a person can do the review, so this never stops a release. */
export const reviewsAreDue =
  (now: Date) =>
  (records: DecisionRecord[]): Finding[] => {
    const today = now.toISOString().slice(0, 10);
    return records.flatMap((record): Finding[] => {
      const { reviewBy } = record.head ?? {};
      if (!reviewBy || reviewBy >= today) return [];
      const wrong = `the review was due by ${reviewBy}`;
      const mend = 'check that the decision still holds, and set a later reviewBy';
      return [{ file: record.path, line: lineOfKey(record, 'reviewBy'), wrong, mend, warning: true }];
    });
  };

const SECTIONS = [
  { depth: 2, words: 'Context and Problem Statement' },
  { depth: 2, words: 'Considered Options' },
  { depth: 2, words: 'Decision Outcome' },
  { depth: 3, words: 'Consequences' },
];

/** One title, then the sections that MADR 4 asks for, in its order. */
export function sectionsAreThere(records: DecisionRecord[]): Finding[] {
  return records.flatMap(({ path, headings }) => {
    const titles = headings.filter(({ depth }) => depth === 1);
    const faults: Finding[] = [];
    if (titles.length !== 1 || titles[0] !== headings[0]) {
      const line = titles[1]?.line ?? headings[0]?.line ?? 1;
      faults.push({ file: path, line, wrong: `${titles.length} titles`, mend: 'begin with one heading of level 1' });
    }
    let reached = -1;
    for (const { depth, words } of SECTIONS) {
      const name = `${'#'.repeat(depth)} ${words}`;
      const place = headings.findIndex((heading) => heading.depth === depth && heading.words === words);
      if (place < reached || place < 0) {
        faults.push({
          file: path,
          line: headings[place]?.line ?? 1,
          wrong: place < 0 ? `no section "${name}"` : `the section "${name}" comes too early`,
          mend: `the order is: ${SECTIONS.map((section) => section.words).join(', ')}`,
        });
      }
      reached = Math.max(reached, place);
    }
    return faults;
  });
}
