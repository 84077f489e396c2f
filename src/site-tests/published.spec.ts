import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { run } from '../../spike/host/command.ts';
import { brokenLinks } from './links.fixture.ts';

test('published under a folder, as a project’s pages are, every link leads into that folder', async () => {
  test.setTimeout(120_000);
  const folder = await mkdtemp(join(tmpdir(), 'spellkave-published-'));
  const env = { ...process.env, SITE_URL: 'https://somebody.example/world' };
  await run('astro', ['build', '--silent', '--outDir', folder], { env });
  expect(brokenLinks(folder, '/world/')).toEqual([]);
  expect(readFileSync(join(folder, 'llms.txt'), 'utf8')).toContain('](/world/adr/0001-');
  expect(readFileSync(join(folder, 'sitemap-0.xml'), 'utf8')).toContain('<loc>https://somebody.example/world/live/');
  rmSync(folder, { recursive: true });
});
