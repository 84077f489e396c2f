import type { Markdown, Node } from './markdown.ts';

/** One line of a document that people read as text: not front matter, code or HTML. */
export interface ProseLine {
  line: number;
  kind: 'text' | 'item' | 'heading' | 'table';
  /** Its words, with `code` for code, and the words of a link in brackets. */
  words: string;
  /** Whether a link is on the line. */
  links: boolean;
}

/** The lines of prose, in order. A row of a table is one line. */
export function proseOf({ root }: Markdown): ProseLine[] {
  return (root.children ?? []).flatMap((block) => blockLines(block, 'text')).sort((a, b) => a.line - b.line);
}

function blockLines(node: Node, kind: ProseLine['kind']): ProseLine[] {
  if (node.type === 'heading') return inlineLines(node, 'heading');
  if (node.type === 'paragraph') return inlineLines(node, kind);
  if (node.type === 'tableRow') {
    const cells = (node.children ?? []).map((cell) => inlineLines(cell, 'table')[0]);
    const words = cells.map((cell) => cell?.words ?? '').join(' | ');
    return [{ line: node.position.start.line, kind: 'table', words, links: cells.some((cell) => cell?.links) }];
  }
  // Only the first paragraph of an item stands next to its mark.
  return (node.children ?? []).flatMap((child, index) =>
    blockLines(child, node.type === 'listItem' && index === 0 ? 'item' : 'text'),
  );
}

function inlineLines(block: Node, kind: ProseLine['kind']): ProseLine[] {
  const first = block.position.start.line;
  const links = new Set<number>();
  const words = (block.children ?? []).map((node) => inline(node, links)).join('');
  return words.split('\n').map((line, index) => ({
    line: first + index,
    // An item's further lines are text.
    kind: kind === 'item' && index > 0 ? 'text' : kind,
    words: line.trim(),
    links: links.has(first + index),
  }));
}

/** The words of an inline node. It keeps its line breaks, so that every word can be found on its line. */
function inline(node: Node, links: Set<number>): string {
  const { start, end } = node.position;
  const words = wordsIn(node, links);
  const missing = end.line - start.line - (words.split('\n').length - 1);
  return words + '\n'.repeat(Math.max(0, missing));
}

function wordsIn(node: Node, links: Set<number>): string {
  const inside = () => (node.children ?? []).map((child) => inline(child, links)).join('');
  switch (node.type) {
    case 'inlineCode':
      return '`code`';
    case 'html':
      return '';
    case 'strong':
      return `**${inside()}**`;
    case 'link':
    case 'linkReference':
      links.add(node.position.start.line);
      return `[${inside()}]`;
    case 'break':
      return '\n';
    default:
      return node.value ?? inside();
  }
}
