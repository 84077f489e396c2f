import { defineMdastPlugin, markdownToHtml } from 'satteri';

/** The page around the note has a heading of its own. */
const withoutTitle = defineMdastPlugin({
  name: 'without-title',
  heading(node, context) {
    if (node.depth === 1) context.removeNode(node);
  },
});

/** A host's note as HTML, without its title. */
export function renderNote(markdown: string): string {
  return markdownToHtml(markdown, { mdastPlugins: [withoutTitle] }).html;
}
