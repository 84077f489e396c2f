/** A link in a record to the evidence of a claim. */
export interface Citation {
  claim: string;
  /** The figure that is cited, e.g. `lateness.p99`. The bare link that ends a statement has none. */
  figure?: string;
}

const FOLDER = '../evidence/';
const FILE = /^(?<claim>[^/#]+)\.json(?:#(?<figure>.+))?$/;

/** Whether a link's address lies in the folder of evidence. */
export function isEvidence(url: string): boolean {
  return url.startsWith(FOLDER);
}

/** What a link's address cites, or nothing if it leads elsewhere. */
export function citationOf(url: string): Citation | undefined {
  if (!isEvidence(url)) return undefined;
  const { claim, figure } = FILE.exec(url.slice(FOLDER.length))?.groups ?? {};
  return claim === undefined ? undefined : { claim, ...(figure && { figure: decodeURIComponent(figure) }) };
}
