import { markdownToMdast, mdxToMdast, type MdastNode } from 'satteri';

/** A node of a Markdown document, as far as the readers of this repository look at it. */
export interface Node {
  type: string;
  value?: string;
  url?: string;
  /** Of a reference-style link and of its definition: what they share. */
  identifier?: string;
  /** Of a heading. */
  depth?: number;
  /** Of an element of JSX. */
  name?: string | null;
  attributes?: { name?: string; value?: unknown }[];
  children?: Node[];
  position: { start: Point; end: Point };
}

export interface Point {
  line: number;
  offset: number;
}

/** A parsed file. The offsets of its nodes count in `text`. */
export interface Markdown {
  text: string;
  root: Node;
}

/** Parses Markdown with the parser that also renders the site. A byte order mark is not part of the text. */
export function parseMarkdown(file: string, language: 'md' | 'mdx' = 'md'): Markdown {
  const text = file.replace(/^\uFEFF/, '');
  const parse = language === 'mdx' ? mdxToMdast : markdownToMdast;
  return { text, root: asNode(parse(text)) };
}

/** A tree parsed from a string has the position of every node, which the parser's type does not promise. */
function asNode(node: MdastNode): Node {
  return node as unknown as Node;
}

/** The node and everything below it, in the order of the text. */
export function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children ?? []) yield* walk(child);
}

/** The words that a reader sees. A comment has none. */
export function wordsOf(node: Node): string {
  if (node.type === 'html') return '';
  if (node.type === 'break') return '\n';
  return node.value ?? (node.children ?? []).map(wordsOf).join('');
}
