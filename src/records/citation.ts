import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listEvidence } from '../../claims/evidence.ts';

/** A link in a record to the evidence of a claim. */
export interface Citation {
  claim: string;
  /** The figure that is cited, e.g. `lateness.p99`; absent in the bare link that ends a statement. */
  figure?: string;
}

const EVIDENCE = /^\.\.\/evidence\/(?<claim>[^/#]+)\.json(?:#(?<figure>.+))?$/;
const LINKS = /\]\((\.\.\/evidence\/[^)\s]+)\)/g;
const RECORD = /^\d{4}-.*\.md$/;

/** What a link's address cites, or nothing when it leads elsewhere. */
export function citationOf(url: string): Citation | undefined {
  const found = EVIDENCE.exec(url)?.groups as { claim: string; figure?: string } | undefined;
  return found && { claim: found.claim, ...(found.figure && { figure: decodeURIComponent(found.figure) }) };
}

/** One sentence for each link in a record to a claim that does not exist. */
export function unknownCitations(record: string, markdown: string, known: readonly string[]): string[] {
  return markdown.split('\n').flatMap((text, index) =>
    [...text.matchAll(LINKS)].flatMap(([, url = '']) => {
      const claim = citationOf(url)?.claim;
      if (claim && known.includes(claim)) return [];
      const fault = claim
        ? `cites the claim "${claim}", which has no evidence file`
        : `has a link to evidence that is no claim: ${url}`;
      return [`adr/${record}:${index + 1} ${fault}.`];
    }),
  );
}

/** @throws Error that names record, line and claim for each unknown citation */
export function checkCitations(root: string): void {
  const known = listEvidence(root);
  const faults = readdirSync(join(root, 'adr'))
    .filter((name) => RECORD.test(name))
    .flatMap((name) => unknownCitations(name, readFileSync(join(root, 'adr', name), 'utf8'), known));
  if (faults.length > 0) throw new Error(faults.join('\n'));
}
