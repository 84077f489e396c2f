/** A link in a record to the evidence of a claim. */
export interface Citation {
  claim: string;
  /** The figure that is cited, e.g. `lateness.p99`; absent in the bare link that ends a statement. */
  figure?: string;
}

/** A citation where it stands in a record. */
export interface PlacedCitation {
  /** Absent when the address is no claim's. */
  citation?: Citation;
  url: string;
  /** What is written between the brackets. */
  label: string;
  line: number;
}

const EVIDENCE = /^\.\.\/evidence\/(?<claim>[^/#]+)\.json(?:#(?<figure>.+))?$/;
const LINK = /\[(?<label>[^\]]*)\]\((?<url>\.\.\/evidence\/[^)\s]+)\)/g;

/** What a link's address cites, or nothing when it leads elsewhere. */
export function citationOf(url: string): Citation | undefined {
  const found = EVIDENCE.exec(url)?.groups as { claim: string; figure?: string } | undefined;
  return found && { claim: found.claim, ...(found.figure && { figure: decodeURIComponent(found.figure) }) };
}

/** Every link in a record's Markdown that leads into the folder of evidence. */
export function findCitations(markdown: string): PlacedCitation[] {
  return markdown.split('\n').flatMap((text, index) =>
    [...text.matchAll(LINK)].map((match): PlacedCitation => {
      const { label, url } = match.groups as { label: string; url: string };
      const citation = citationOf(url);
      return { ...(citation && { citation }), url, label, line: index + 1 };
    }),
  );
}
