import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { run } from '../../spike/command.ts';
import { brokenLinks } from './links.fixture.ts';

/** The hard case: the site has a folder of that name itself. */
const FOLDER = 'adr';

test('published under a folder that is called like one of its own, every link leads into that folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'spellkave-published-'));
  const env = { ...process.env, SITE_URL: `https://somebody.example/${FOLDER}` };
  await run('astro', ['build', '--silent', '--outDir', folder], { env });
  expect(brokenLinks(folder, `/${FOLDER}/`)).toEqual([]);
  expect(readFileSync(join(folder, 'llms.txt'), 'utf8')).toContain(`](/${FOLDER}/adr/0001-`);
  expect(readFileSync(join(folder, 'sitemap-0.xml'), 'utf8')).toContain(
    `<loc>https://somebody.example/${FOLDER}/live/`,
  );
  // Other sites take only whole addresses.
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain(
    `<meta property="og:image" content="https://somebody.example/${FOLDER}/og.png"`,
  );
  rmSync(folder, { recursive: true });
});
