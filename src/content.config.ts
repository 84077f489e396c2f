import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
import { nestedCheckouts } from '../spike/own-files.ts';
import { withRecords } from './lib/record-loader.ts';

const pages = glob({
  base: '.',
  pattern: [
    'src/content/docs/**/[^_]*.{md,mdx}',
    'adr/[0-9]*.md',
    ...nestedCheckouts('.').map((folder) => `!${folder}/**`),
  ],
  generateId: ({ entry }) => pageId(entry),
});

export const collections = {
  docs: defineCollection({ loader: withRecords(pages), schema: docsSchema() }),
};

/** A page's address: records keep the folder `adr/`, other pages drop the one they are kept in. */
function pageId(file: string): string {
  const path = file.replace(/^src\/content\/docs\//, '').replace(/\.mdx?$/, '');
  return path.replace(/\/index$/, '');
}
