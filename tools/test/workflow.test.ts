import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';

const workflows = globSync('.github/workflows/*.yml').map((file) => readFileSync(file, 'utf8'));

test('every action is pinned to a commit, beside the version that it is', () => {
  const uses = workflows.flatMap((text) => [...text.matchAll(/uses: (.*)/g)].map(([, action = '']) => action));
  expect(uses.length).toBeGreaterThan(5);
  for (const action of uses) expect(action).toMatch(/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('the workflow tests with the command of the README, and nobody may write but who deploys', () => {
  const [workflow = ''] = workflows;
  expect(workflow).toContain('- run: npm test\n');
  expect(workflow).toContain('- run: npm run lint:claims -- --release\n');
  expect(workflow.slice(0, workflow.indexOf('jobs:'))).toContain('permissions:\n  contents: read\n');
  expect(workflow.match(/: write$/gm)).toEqual([': write', ': write']);
});
