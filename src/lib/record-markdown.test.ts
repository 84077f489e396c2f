import { expect, test } from 'playwright/test';
import { pageOf } from './record-markdown.ts';

test('a link to a file leads to the page that the file becomes', () => {
  expect(pageOf('../src/content/docs/guides/play.md')).toBe('/guides/play/');
  expect(pageOf('../src/content/docs/reference/newer-hosts.mdx')).toBe('/reference/newer-hosts/');
  expect(pageOf('../src/pages/live.astro')).toBe('/live/');
  expect(pageOf('../claims/pinned.claim.ts')).toBe('/claims/pinned/');
});

test('any other file has no page', () => {
  for (const file of ['../README.md', '../spike/world/map.json', '../evidence/pinned.json'])
    expect(pageOf(file)).toBeUndefined();
});
