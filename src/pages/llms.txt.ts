import { readFileSync } from 'node:fs';
import type { APIRoute } from 'astro';
import { getCollection } from 'astro:content';
import { successorsOf } from '../../records/succession.ts';
import { chipOf, spoken } from '../lib/chip.ts';
import { evidencePath, readClaims } from '../lib/claim.ts';
import { href } from '../lib/href.ts';
import { siteRecords } from '../lib/records.ts';
import { ROOT } from '../lib/root.ts';

/** The site for readers that are programs: https://llmstxt.org. Records come as the Markdown that they are written in. */
export const GET: APIRoute = async () => {
  const { name, description } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as Record<string, string>;
  const all = siteRecords(ROOT);
  const records = all.map((record) => {
    const { number, slug, title, head } = record;
    const successors = successorsOf(record, all).filter(({ succession }) => succession === 'in force');
    const by = successors.length > 0 ? ` by ${successors.map(({ record }) => record.number).join(', ')}` : '';
    return `- [${number} ${title}](${href(`/adr/${slug}.md`)})${head ? `: ${head.status}${by}` : ''}`;
  });
  const claims = readClaims(ROOT).map(
    (claim) =>
      `- [${claim.id}](${href(evidencePath(claim.id))}): ${claim.statement?.text ?? ''} ${spoken(chipOf(claim))}`,
  );
  const pages = (await getCollection('docs'))
    .filter(({ id }) => !id.startsWith('adr/') && id !== 'index')
    .map(({ id, data }) => `- [${data.title}](${href(`/${id}/`)}): ${data.description ?? ''}`);
  const text = [
    `# ${name}`,
    `> ${description}`,
    ['## Decisions', ...records].join('\n'),
    ['## Claims, with what a run on the real host found', ...claims].join('\n'),
    ['## Pages', ...pages.sort()].join('\n'),
  ].join('\n\n');
  return new Response(`${text}\n`, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
};
