import type { Evidence } from '../../claims/evidence.ts';
import { listEvidence, readEvidence } from '../../claims/evidence-file.ts';
import { stateOf, type State } from '../../claims/state.ts';
import { parseMarkdown, wordsOf } from '../../records/markdown.ts';
import type { Statement } from '../../records/statement.ts';
import { oncePerBuild } from './once-per-build.ts';
import { siteRecords } from './records.ts';
import type { SitePath } from './site-path.ts';

/** What a page shows of a claim: what a record says, what a run measured, and whether that is still current. */
export interface Claim {
  id: string;
  state: State;
  evidence: Evidence;
  /** Absent while no record states the claim. */
  statement?: Statement & { record: string };
}

/** Every claim that has an evidence file, in the order in which the records state them. */
export const readClaims: (root: string) => Claim[] = oncePerBuild('claims', (root) => {
  const statements = siteRecords(root).flatMap(({ slug, statements }) =>
    statements.map((statement) => ({ ...statement, record: slug })),
  );
  const place = ({ statement }: Claim) => (statement ? statements.indexOf(statement) : statements.length);
  return listEvidence(root)
    .map((id): Claim => {
      const evidence = readEvidence(root, id);
      const statement = statements.find(({ claim }) => claim === id);
      return { id, evidence, state: stateOf(root, evidence), ...(statement && { statement }) };
    })
    .sort((a, b) => place(a) - place(b));
});

/** A line of Markdown without its marks, for places that show plain text. */
export function plain(markdown: string): string {
  return wordsOf(parseMarkdown(markdown).root);
}

export const claimPath = (id: string): SitePath => `/claims/${id}/`;
export const recordPath = (record: string): SitePath => `/adr/${record}/`;
export const evidencePath = (id: string): SitePath => `/evidence/${id}.json`;
