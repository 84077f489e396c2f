import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { docsSchema } from '@astrojs/starlight/schema';
import { withRecords } from './records/loader.ts';

const number = z.string().regex(/^\d{4}$/);

/** The front matter of MADR 4, which only records have, and typed links between records. */
const madr = z.object({
  status: z.string().optional(),
  date: z.coerce.date().optional(),
  'decision-makers': z.union([z.string(), z.array(z.string())]).optional(),
  relatesTo: z.array(number).optional(),
  supersedes: z.array(number).optional(),
  supersededBy: z.array(number).optional(),
});

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
