import { resolve } from 'node:path';
import type { Loader } from 'astro/loaders';
import { fileURLToPath } from 'node:url';
import { siteRecords } from './records.ts';

/** The risks of record 0001 are headings of the fourth level. */
const CONTENTS = { minHeadingLevel: 2, maxHeadingLevel: 4 };

/**
 * Loads records together with the other pages. A record stays plain MADR, whose title is its first heading, because
 * GitHub and other ADR tools show that one. The title that Starlight wants in the front matter is taken from there.
 */
export function withRecords(pages: Loader): Loader {
  return {
    ...pages,
    name: 'pages-and-records',
    async load(context) {
      // A chip follows the evidence, so an unchanged record must be rendered again.
      context.store.clear();
      const root = fileURLToPath(context.config.root);
      const titles = new Map(siteRecords(root).map(({ path, title }) => [resolve(root, path), title]));
      const titleOf = (file = '') => titles.get(resolve(root, file));
      await pages.load({
        ...context,
        parseData: (entry) =>
          context.parseData({
            ...entry,
            data: { title: titleOf(entry.filePath), tableOfContents: CONTENTS, ...entry.data },
          }),
      });
      // The glob loader logs an error in a Markdown plugin and goes on with an empty page.
      for (const { id, rendered, filePath, deferredRender } of context.store.values()) {
        if (!rendered && !deferredRender)
          throw new Error(`${filePath ?? id} was not rendered; the log above says why.`);
      }
    },
  };
}
