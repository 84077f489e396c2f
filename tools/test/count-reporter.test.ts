import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { COUNT_FILE, type Count } from './count-reporter.ts';

const TESTS = `
import { expect, test } from 'playwright/test';
test('adds', () => expect(1 + 1).toBe(2));
test('counts the gold', () => expect(1 + 1, 'gold is conserved').toBe(3));
`;

let folder: string;
// Inside the checkout, because the tests import its Playwright.
test.beforeEach(() => {
  mkdirSync('test-results', { recursive: true });
  folder = mkdtempSync('test-results/count-');
});
test.afterEach(() => rmSync(folder, { recursive: true }));

test('names each failed test with its place and the first lines of its error', () => {
  writeFileSync(join(folder, 'sum.check.ts'), TESTS);
  const config = {
    testDir: '.',
    testMatch: '*.check.ts',
    outputDir: 'artifacts',
    reporter: '../../tools/test/count-reporter.ts',
  };
  writeFileSync(join(folder, 'playwright.config.ts'), `export default ${JSON.stringify(config)};`);
  const counts = join(folder, 'count.json');
  const { error } = spawnSync('playwright', ['test', '--config', folder], {
    env: { ...process.env, [COUNT_FILE]: counts, FORCE_COLOR: '1' },
  });
  expect(error).toBeUndefined();
  const { failures, ...count } = JSON.parse(readFileSync(counts, 'utf8')) as Count;
  expect(count).toEqual({ passed: 1, failed: 1 });
  expect(failures).toHaveLength(1);
  expect(failures?.[0]).toContain(`${folder}/sum.check.ts:4 › counts the gold\n    Error: gold is conserved`);
  expect(failures?.[0]).toContain('Expected: 3');
});
