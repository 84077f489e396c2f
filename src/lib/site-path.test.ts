import { globSync } from 'node:fs';
import { markdownToHtml } from 'satteri';
import { expect, test } from 'playwright/test';
import { siteLinks } from './site-links.ts';
import { hrefUnder, isSitePath, type SitePath } from './site-path.ts';

/** The folders at the top of the site, and two that Astro and the search add. */
const TOP = [
  ...globSync('src/{pages,content/docs}/*').map((file) => file.replace(/.*\/([^.]+).*/, '$1')),
  '_astro',
  'pagefind',
];

test('the site has folders that its own folder could be named like', () => {
  for (const name of ['adr', 'claims', 'guides', 'live', 'evidence', 'reference', 'glossary'])
    expect(TOP).toContain(name);
});

for (const name of TOP) {
  test(`under /${name} each path gets that folder once, those that begin with it too`, () => {
    const paths: SitePath[] = ['/', `/${name}`, `/${name}/`, `/${name}/${name}/`, '/other/#anchor', `/${name}s/a.md?b`];
    for (const base of [`/${name}`, `/${name}/`])
      expect(paths.map(hrefUnder(base))).toEqual(paths.map((path) => `/${name}${path}`));
    expect(paths.map(hrefUnder(`/a/${name}`))).toEqual(paths.map((path) => `/a/${name}${path}`));
    expect(paths.map(hrefUnder('/'))).toEqual(paths);
  });
}

test('only a path from the root of the site is one of its paths', () => {
  const others = ['//host/a', 'a/b', './a', '../adr/a.md', '#a', '', 'https://host/a', 'mailto:a@b'];
  expect(others.filter(isSitePath)).toEqual([]);
  expect(['/', '/a', '/a/b#c'].filter(isSitePath)).toHaveLength(3);
});

test('in a document links of every form get the folder once, and code and other sites do not', () => {
  const document = [
    '[a](/adr/x/) [b](/adr/ "Title") [c][c] [d] <https://host/adr/> [e](//host/adr/) [f](../adr/) [g](#adr)',
    '',
    '`[h](/adr/)` "/adr/"',
    '',
    '[c]: /guides/adr/',
    '[d]: </adr/y/#z>',
  ].join('\n');
  const { html } = markdownToHtml(document, { mdastPlugins: [siteLinks(hrefUnder('/adr'))] });
  expect([...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url)).toEqual([
    '/adr/adr/x/',
    '/adr/adr/',
    '/adr/guides/adr/',
    '/adr/adr/y/#z',
    'https://host/adr/',
    '//host/adr/',
    '../adr/',
    '#adr',
  ]);
  expect(html).toContain('<code>[h](/adr/)</code>');
});

test('a path that has its folder already is not a path of the site, so it cannot get it twice', () => {
  const href = hrefUnder('/adr');
  // @ts-expect-error what a link holds is not a path
  expect(href(href('/a'))).toBe('/adr/adr/a');
});
