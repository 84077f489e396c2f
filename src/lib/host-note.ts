import { defineMdastPlugin, markdownToHtml } from 'satteri';
import { href } from './href.ts';
import { siteLinks } from './site-links.ts';

/** The page around the note has a heading of its own. */
const withoutTitle = defineMdastPlugin({
  name: 'without-title',
  heading(node, context) {
    if (node.depth === 1) context.removeNode(node);
  },
});

/** A host's note as HTML, without its title. */
export function renderNote(markdown: string): string {
  return markdownToHtml(markdown, { mdastPlugins: [withoutTitle, siteLinks(href)] }).html;
}
