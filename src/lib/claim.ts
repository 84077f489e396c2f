import { listEvidence, readEvidence, stateOf, type Evidence, type State } from '../../claims/evidence.ts';
import { readStatements, type Statement } from '../../claims/statements.ts';
import { oncePerBuild } from './once-per-build.ts';

/** All that a page shows of a claim: what a record says, what a run found, and whether that is still current. */
export interface Claim {
  id: string;
  state: State;
  evidence: Evidence;
  /** Absent while no record states the claim. */
  statement?: Statement;
}

/** Every claim that has an evidence file, in the order in which the records state them. */
export const readClaims = oncePerBuild((root): Claim[] => {
  const statements = new Map(readStatements(root).map((statement, place) => [statement.claim, { statement, place }]));
  const placeOf = ({ id }: Claim) => statements.get(id)?.place ?? Infinity;
  return listEvidence(root)
    .map((id): Claim => {
      const evidence = readEvidence(root, id);
      const claim = { id, evidence, state: stateOf(root, evidence) };
      const statement = statements.get(id)?.statement;
      return statement ? { ...claim, statement: { ...statement, text: plain(statement.text) } } : claim;
    })
    .sort((a, b) => (placeOf(a) === placeOf(b) ? 0 : placeOf(a) - placeOf(b)));
});

/** A sentence of Markdown without its marks, for places that show plain text. */
export function plain(markdown: string): string {
  return markdown.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
}

export const claimPath = (id: string) => `/claims/${id}/`;
export const recordPath = (record: string) => `/adr/${record}/`;
export const evidencePath = (id: string) => `/evidence/${id}.json`;
