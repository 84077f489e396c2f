import { walk, wordsOf, type Markdown, type Node } from './markdown.ts';

/** A link where it stands in a document. */
export interface Link {
  url: string;
  /** What a reader sees of it. */
  label: string;
  line: number;
  /** Where the label is in the text. */
  labelRange: [from: number, to: number];
  node: Node;
}

/** Every link, inline or by reference. Code holds none. */
export function linksOf({ root }: Markdown): Link[] {
  const urls = definitionsOf(root);
  return [...walk(root)].flatMap((node) => {
    const url = urlOf(node, urls);
    const [first, last] = [node.children?.at(0), node.children?.at(-1)];
    if (url === undefined || !first || !last) return [];
    const labelRange: Link['labelRange'] = [first.position.start.offset, last.position.end.offset];
    return [{ url, label: wordsOf(node), line: node.position.start.line, labelRange, node }];
  });
}

/** The addresses of a document's reference-style links, by identifier. */
export function definitionsOf(root: Node): Map<string, string> {
  return new Map(
    [...walk(root)].flatMap(({ type, identifier, url }) =>
      type === 'definition' && identifier !== undefined && url !== undefined ? [[identifier, url]] : [],
    ),
  );
}

function urlOf({ type, url, identifier = '' }: Node, urls: Map<string, string>): string | undefined {
  if (type === 'link') return url;
  return type === 'linkReference' ? urls.get(identifier) : undefined;
}
