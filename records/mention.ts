import { citationOf } from './citation.ts';
import { linksOf } from './link.ts';
import { walk, wordsOf, type Markdown } from './markdown.ts';

/** A place in a record that links to the evidence of a claim, with the headings that it stands under. */
export interface Mention {
  claim: string;
  /** From the second level down, e.g. `['Decision Outcome', 'Accepted risks', 'Single writer']`. */
  headings: string[];
}

/** The mentions in one record, in order. A claim that a section mentions twice is listed twice. */
export function mentionsOf(markdown: Markdown): Mention[] {
  const claims = new Map(linksOf(markdown).map(({ node, url }) => [node, citationOf(url)?.claim]));
  const headings: string[] = [];
  return [...walk(markdown.root)].flatMap((node) => {
    if (node.type === 'heading' && (node.depth ?? 1) > 1)
      headings.splice((node.depth ?? 2) - 2, Infinity, wordsOf(node).trim());
    const claim = claims.get(node);
    return claim ? [{ claim, headings: [...headings] }] : [];
  });
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
