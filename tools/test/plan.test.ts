import { readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { STEPS, stepsFor } from './plan.ts';

const workflow = readFileSync('.github/workflows/ci.yml', 'utf8');

test('the jobs of the workflow run every step', () => {
  const runs = [...workflow.matchAll(/npm test -- (?!--install)([^\n"']+)/g)].map(([, words = '']) => words.split(' '));
  expect(runs.length).toBeGreaterThan(1);
  const run = new Set(runs.flatMap((words) => stepsFor(words)));
  expect(STEPS.filter((step) => !run.has(step)).map(({ name }) => name)).toEqual([]);
});

test('each script that the workflow runs exists', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const names = [...workflow.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name = '']) => name);
  expect(names.filter((name) => !(name in scripts))).toEqual([]);
});

test('a word that matches no step is an error that lists the steps', () => {
  expect(() => stepsFor(['lint', 'foo'])).toThrow(/^No step is called foo\. The steps are: lint of records, /);
});
