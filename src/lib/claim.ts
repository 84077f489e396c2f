import { listEvidence, readEvidence, stateOf, type Evidence, type State } from '../../claims/evidence.ts';
import { readStatements, type Statement } from '../../claims/statements.ts';

/** All that a page shows of a claim: what a record says, what a run found, and whether that is still current. */
export interface Claim {
  id: string;
  state: State;
  evidence: Evidence;
  /** Absent while no record states the claim. */
  statement?: Statement;
}

/** Every claim that has an evidence file, in the order in which the records state them. */
export function readClaims(root: string): Claim[] {
  const statements = readStatements(root);
  const place = (claim: Claim) => (claim.statement ? statements.indexOf(claim.statement) : statements.length);
  return listEvidence(root)
    .map((id): Claim => {
      const evidence = readEvidence(root, id);
      const statement = statements.find(({ claim }) => claim === id);
      return { id, evidence, state: stateOf(root, evidence), ...(statement && { statement: readable(statement) }) };
    })
    .sort((a, b) => place(a) - place(b));

  function readable(statement: Statement): Statement {
    statement.text = plain(statement.text);
    return statement;
  }
}

/** A sentence of Markdown without its marks, for places that show plain text. */
export function plain(markdown: string): string {
  return markdown.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
}

export const claimPath = (id: string) => `/claims/${id}/`;
export const recordPath = (record: string) => `/adr/${record}/`;
export const evidencePath = (id: string) => `/evidence/${id}.json`;
