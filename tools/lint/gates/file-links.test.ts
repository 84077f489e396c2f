import { expect, test } from 'playwright/test';
import { readRecords } from '../../../records/record.ts';
import { linksLeadToFiles } from './file-links.ts';

const [record] = readRecords('.');
const gate = linksLeadToFiles('.');
const findings = (url: string) => {
  const [link] = record!.links;
  return gate([{ ...record!, links: [{ ...link!, url }] }]).map(({ wrong, mend }) => `${wrong}; ${mend}`);
};

test('a link to a page of the site is rejected, with the file to link to', () => {
  expect(findings('/guides/play/#words')).toEqual([
    '/guides/play/#words is a page of the site; link to its file: ../src/content/docs/guides/play.md',
  ]);
  expect(findings('/claims/pinned/')[0]).toContain('../claims/pinned.claim.ts');
});

test('a link to a file that does not exist is rejected; one to a file, a heading or another site is not', () => {
  expect(findings('../src/nowhere.md')[0]).toContain('does not exist');
  for (const url of ['../src/content/docs/glossary.md#host', '#context', 'https://example.org/', '../README.md'])
    expect(findings(url)).toEqual([]);
});
