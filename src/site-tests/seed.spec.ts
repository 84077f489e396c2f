import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { z } from 'zod';
import { expect, test } from './site.fixture.ts';

/** Where each line of the request that started this record is answered. */
const SeedMap = z.array(
  z.strictObject({
    seed: z.string().min(1),
    answered: z.array(z.string().startsWith('/')).min(1),
    note: z.string().min(1),
  }),
);

test('every line of the request has its place, and the place exists', async ({ request }) => {
  const map = SeedMap.parse(JSON.parse(readFileSync('adr/seed-map.json', 'utf8')));
  expect(map.length).toBeGreaterThan(30);
  const missing: string[] = [];
  for (const link of new Set(map.flatMap(({ answered }) => answered))) {
    const [path = '', anchor] = link.split('#');
    const response = await request.get(path);
    const { document } = parseHTML(await response.text());
    if (!response.ok() || (anchor && !document.getElementById(anchor))) missing.push(link);
  }
  expect(missing).toEqual([]);
});
