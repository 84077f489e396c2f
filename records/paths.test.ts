import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { ownFiles } from '../spike/own-files.ts';

/** A path of this repository in code marks, as prose names a file. */
const NAMED = /`((?:adr|claims|evidence|spike|src|tools)\/[\w./-]+\.(?:rs|ts|mjs|json|md|mdx|astro|toml))`/g;

/** Files that a guide tells its reader to make. */
const MADE_BY_READER = [
  'spike/listener/main.ts',
  'claims/ask-latency.claim.ts',
  'spike/world/agent.spec.ts',
  'spike/world/regions-3.json',
];

test('every file that a record or a page names exists', () => {
  const pages = ['README.md', ...ownFiles('.', ['adr/*.md', 'src/content/docs/**/*.{md,mdx}'])];
  const missing = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(NAMED)]
      .map(([, file = '']) => file)
      .filter((file) => !existsSync(file) && !MADE_BY_READER.includes(file))
      .map((file) => `${page}: ${file}`),
  );
  expect([...new Set(missing)]).toEqual([]);
});
