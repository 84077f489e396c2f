import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { expect, test } from 'playwright/test';
import { run } from '../../spike/command.ts';
import { ownFiles } from '../../spike/own-files.ts';
import { brokenLinks } from './links.fixture.ts';

/** Records that the real ones have no example of, in a copy of the project with its real pages. */
const record = (front: string[], body: string[] = []) =>
  ['---', ...front, 'date: 2026-11-20', 'decision-makers: [Ada, Grace]', '---', '', '# Words', '', ...body].join('\n');
const RECORDS = {
  '0101-old': record(['status: superseded', "supersededBy: ['0102']"], ['It was so.']),
  '0102-new': record(['status: accepted', "supersedes: ['0101']", 'reviewBy: 2027-02-03', "relatesTo: ['0103']"]),
  '0103-next': record(
    ['status: proposed', "supersedes: ['0102']"],
    ['It keeps time. [tick-cadence][tick]', '', '[tick]: ../evidence/tick-cadence.json'],
  ),
  // MADR's own words for a successor and its comments, in a file that an editor on Windows saved.
  '0104-windows':
    `\uFEFF${record(['# Optional.', 'status: "superseded by ADR-0102"'], ['Why <!-- optional -->', '---', '', '* so'])}`
      .replace('# Words', 'Words\n=====')
      .replaceAll('\n', '\r\n'),
};

// One build is enough for all of them.
test.describe.configure({ mode: 'default' });

let built: string;
test.beforeAll(async () => {
  test.setTimeout(180_000);
  // Below this project, so that the copy finds its packages. Links to packages would confuse Astro.
  mkdirSync('.spellkave', { recursive: true });
  const root = mkdtempSync('.spellkave/records-');
  built = root;
  for (const file of ownFiles('.', ['*.{json,mjs,ts}', '{adr,claims,evidence,public,records,spike,src}/**/*']))
    cpSync(file, join(root, file));
  for (const [slug, text] of Object.entries(RECORDS)) writeFileSync(join(root, `adr/${slug}.md`), text);
  await run('astro', ['build', '--silent'], { cwd: root });
});
test.afterAll(() => rmSync(built, { recursive: true, force: true }));

const pageOf = (path: string) => parseHTML(readFileSync(join(built, 'dist', path, 'index.html'), 'utf8')).document;
const words = (element: Element | null | undefined) => element?.textContent.replaceAll(/\s+/g, ' ').trim();
const factsOf = (slug: string) => pageOf(`adr/${slug}`).querySelector('.record-facts');
const linksIn = (element: Element | null | undefined) =>
  [...(element?.querySelectorAll('.succession a') ?? [])].map((link) => link.getAttribute('href'));

test('a record page shows status, date, decision-makers and review date', () => {
  expect(words(factsOf('0102-new')?.querySelector('p'))).toBe(
    'accepted · 20 November 2026 · decided by Ada, Grace · review by 3 February 2027',
  );
  expect(words(factsOf('0101-old')?.querySelector('p'))).toBe('superseded · 20 November 2026 · decided by Ada, Grace');
});

test('a record and its successor name and link each other', () => {
  expect(words(factsOf('0101-old'))).toContain('Superseded by 0102');
  expect(linksIn(factsOf('0101-old'))).toEqual(['/adr/0102-new/']);
  expect(words(factsOf('0102-new'))).toContain('Supersedes 0101');
  expect(words(factsOf('0102-new'))).toContain('Would be superseded by the proposed record 0103');
  expect(linksIn(factsOf('0102-new'))).toEqual(['/adr/0103-next/', '/adr/0101-old/', '/adr/0104-windows/']);
  expect(words(factsOf('0103-next'))).toContain('Would supersede 0102');
  expect(words(factsOf('0102-new'))).toContain('Relates to 0103');
});

test('the list of records and llms.txt show which record supersedes which', () => {
  const rows = [...pageOf('adr').querySelectorAll('main tbody tr')];
  const row = (title: string) => rows.find((one) => words(one)?.startsWith(title));
  expect(words(row('0101'))).toContain('Superseded by 0102');
  expect(linksIn(row('0101'))).toEqual(['/adr/0102-new/']);
  expect(words(row('0102'))).toContain('Supersedes 0101');
  expect(words(row('0102'))).toContain('3 February 2027');
  const text = readFileSync(join(built, 'dist/llms.txt'), 'utf8');
  expect(text).toContain('- [0101 Words](/adr/0101-old.md): superseded by 0102');
});

test('a reference-style link to evidence becomes a chip', () => {
  const chip = pageOf('adr/0103-next').querySelector('.sl-markdown-content a.chip');
  expect(chip?.getAttribute('href')).toBe('/claims/tick-cadence/');
  expect(words(chip)).toMatch(/^Claim tick-cadence /);
});

test("a record in MADR's words and an editor's form has its page", () => {
  const page = pageOf('adr/0104-windows');
  expect([...page.querySelectorAll('h1')].map(words)).toEqual(['Words']);
  expect(words(page.querySelector('.sl-markdown-content h2'))).toBe('Why');
  expect(words(page.querySelector('.sl-markdown-content li'))).toBe('so');
  expect(words(factsOf('0104-windows'))).toMatch(/^superseded · 20 November 2026 .*Superseded by 0102$/);
});

test('no link of the copy leads nowhere', () => {
  expect(brokenLinks(join(built, 'dist'))).toEqual([]);
});
