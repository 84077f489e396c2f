import { citationOf } from './citation.ts';
import type { Link } from './link.ts';
import { walk, wordsOf, type Markdown, type Node } from './markdown.ts';

/** A sentence of a record that ends in the bare link to its evidence: what the claim says. */
export interface Statement {
  claim: string;
  /** As a reader sees it, without marks. */
  text: string;
  line: number;
}

/** The statements in one record. The link is labelled with the claim's id and is the last thing on its line. */
export function statementsOf(markdown: Markdown, links: Link[]): Statement[] {
  const paragraphs = [...walk(markdown.root)].filter(({ type }) => type === 'paragraph');
  return links.flatMap(({ url, label, line, node }) => {
    const cited = citationOf(url);
    if (!cited || cited.figure || cited.claim !== label || !endsLine(markdown.text, node)) return [];
    const paragraph = paragraphs.find(({ children }) => children?.includes(node));
    return paragraph ? [{ claim: cited.claim, text: lineBefore(paragraph, node), line }] : [];
  });
}

function endsLine(text: string, { position }: Node): boolean {
  return /^[^\S\r\n]*(?:\r?\n|$)/.test(text.slice(position.end.offset));
}

/** The words between the start of the line and the node. */
function lineBefore({ children = [] }: Node, node: Node): string {
  const words = children.slice(0, children.indexOf(node)).map(wordsOf).join('');
  return words.slice(words.lastIndexOf('\n') + 1).trim();
}
