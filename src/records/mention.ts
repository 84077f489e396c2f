import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { citationOf } from '../../claims/citation.ts';
import { readRecords } from './record.ts';

/** A place in a record that links to the evidence of a claim, with the headings that it stands under. */
export interface Mention {
  claim: string;
  /** The record's slug. */
  record: string;
  /** From the second level down, e.g. `['Decision Outcome', 'Accepted risks', 'Single writer']`. */
  headings: string[];
}

const HEADING = /^(?<marks>#{2,6}) (?<text>.+)$/;
const LINK = /\]\((\.\.\/evidence\/[^)\s]+)\)/g;

/** The mentions in one record's Markdown, in order; a claim that a section mentions twice is there twice. */
export function findMentions(record: string, markdown: string): Mention[] {
  const headings: string[] = [];
  return markdown.split('\n').flatMap((line) => {
    const { marks, text } = HEADING.exec(line)?.groups ?? {};
    if (marks && text) headings.splice(marks.length - 2, Infinity, text);
    return [...line.matchAll(LINK)].flatMap(([, url = '']) => {
      const claim = citationOf(url)?.claim;
      return claim ? [{ claim, record, headings: [...headings] }] : [];
    });
  });
}

export function readMentions(root: string): Mention[] {
  return readRecords(root).flatMap(({ slug }) =>
    findMentions(slug, readFileSync(join(root, 'adr', `${slug}.md`), 'utf8')),
  );
}

/** The claims that each accepted risk names, in the order of the record. */
export function byRisk(mentions: readonly Mention[]): Map<string, string[]> {
  const risks = new Map<string, string[]>();
  for (const { claim, headings } of mentions) {
    const at = headings.findIndex((heading) => /^(Accepted|Further) risks$/.test(heading));
    const risk = at < 0 ? undefined : (headings[at + 1] ?? headings[at]);
    if (!risk) continue;
    risks.set(risk, [...new Set([...(risks.get(risk) ?? []), claim])]);
  }
  return risks;
}
