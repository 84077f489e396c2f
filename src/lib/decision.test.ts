import { readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { parseMarkdown, walk, wordsOf } from '../../records/markdown.ts';
import { readDecision, verdictOf } from './decision.ts';

test('the verdict is the first sentence of "In short", without its reason', () => {
  expect(
    verdictOf('# Title\n\n**In short.** Yes for a _prototype_; not yet for production, because [x](y.md).\nMore.'),
  ).toBe('Yes for a prototype; not yet for production');
  expect(verdictOf('**In short.** No.')).toBe('No');
});

test('a record without "In short" is rejected, with the words to write', () => {
  expect(() => verdictOf('# Title\n\nYes.')).toThrow('write its verdict there');
});

test('front page and record give the same verdict', () => {
  const page = parseMarkdown(readFileSync('src/content/docs/index.mdx', 'utf8'), 'mdx');
  const bold = [...walk(page.root)].find(({ type }) => type === 'strong');
  expect(bold && wordsOf(bold)).toBe(readDecision(`${process.cwd()}/`).verdict);
});
