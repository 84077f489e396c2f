import { readFileSync } from 'node:fs';
import type { APIRoute } from 'astro';
import { getCollection } from 'astro:content';
import { chipOf, spoken } from '../lib/chip.ts';
import { readClaims } from '../lib/claim.ts';
import { siteRecords } from '../lib/records.ts';
import { ROOT } from '../lib/root.ts';

/** The site for readers that are programs: https://llmstxt.org. Records come as the Markdown that they are written in. */
export const GET: APIRoute = async () => {
  const { name, description } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as Record<string, string>;
  const records = siteRecords(ROOT).map(({ number, slug, title }) => `- [${number} ${title}](/adr/${slug}.md)`);
  const claims = readClaims(ROOT).map(
    (claim) => `- [${claim.id}](/evidence/${claim.id}.json): ${claim.statement?.text ?? ''} ${spoken(chipOf(claim))}`,
  );
  const pages = (await getCollection('docs'))
    .filter(({ id }) => !id.startsWith('adr/') && id !== 'index')
    .map(({ id, data }) => `- [${data.title}](/${id}/): ${data.description ?? ''}`);
  const text = [
    `# ${name}`,
    `> ${description}`,
    ['## Decisions', ...records].join('\n'),
    ['## Claims, with what a run on the real host found', ...claims].join('\n'),
    ['## Pages', ...pages.sort()].join('\n'),
  ].join('\n\n');
  return new Response(`${text}\n`, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
};
