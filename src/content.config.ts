import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { docsSchema } from '@astrojs/starlight/schema';
import { FrontMatter } from '../records/front-matter.ts';
import { withRecords } from './lib/record-loader.ts';

/** Only records have these fields. Astro's YAML parser turns a day into a `Date`. */
const madr = z.object({ ...FrontMatter.shape, date: z.coerce.date(), reviewBy: z.coerce.date() }).partial();

const pages = glob({
  base: '.',
  pattern: ['src/content/docs/**/[^_]*.{md,mdx}', 'adr/[0-9]*.md'],
  generateId: ({ entry }) => pageId(entry),
});

export const collections = {
  docs: defineCollection({ loader: withRecords(pages), schema: docsSchema({ extend: madr }) }),
};

/** A page's address: records keep the folder `adr/`, other pages drop the one they are kept in. */
function pageId(file: string): string {
  const path = file.replace(/^src\/content\/docs\//, '').replace(/\.mdx?$/, '');
  return path.replace(/\/index$/, '');
}
