import type { Loader } from 'astro/loaders';
import { titleOf } from './record.ts';

/**
 * Loads records beside the other pages. A record stays plain MADR, whose title is its first heading, because that is
 * what GitHub and other ADR tools show; the title that Starlight wants in the front matter is taken from there.
 */
export function withRecords(pages: Loader): Loader {
  return {
    ...pages,
    name: 'pages-and-records',
    async load(context) {
      // A chip follows the evidence, so an unchanged record may not come out of the cache.
      context.store.clear();
      await pages.load({
        ...context,
        parseData: (entry) => context.parseData({ ...entry, data: { ...withTitle(entry.filePath), ...entry.data } }),
      });
      // The glob loader logs an error in a Markdown plugin and goes on with an empty page.
      for (const { id, rendered, filePath, deferredRender } of context.store.values()) {
        if (!rendered && !deferredRender)
          throw new Error(`${filePath ?? id} was not rendered; the log above says why.`);
      }
    },
  };
}

function withTitle(file: string | undefined): { title?: string } {
  const title = file?.endsWith('.md') ? titleOf(file) : undefined;
  return title ? { title } : {};
}
