import { readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { ESLint } from 'eslint';
import { expect, test } from 'playwright/test';
import tseslint from 'typescript-eslint';
import { isAllowed, MAY_IMPORT } from './table.ts';

/** A file of each folder, as one that imports and as one that is imported. */
const FILES: Record<string, string> = {
  'claims/': 'claims/harness/judge.ts',
  'claims/*.ts': 'claims/evidence.ts',
  'records/': 'records/link.ts',
  'spike/*.ts': 'spike/until.ts',
  'spike/own-files.ts': 'spike/own-files.ts',
  'spike/archivist/': 'spike/archivist/query.ts',
  'spike/client/': 'spike/client/connect.ts',
  'spike/export/': 'spike/export/hold.ts',
  'spike/export/file/': 'spike/export/file/rows.ts',
  'spike/host/': 'spike/host/api.ts',
  'spike/relay/': 'spike/relay/step.ts',
  'spike/rival/': 'spike/rival/stores/store.ts',
  'spike/rival/exit/': 'spike/rival/exit/load.ts',
  'spike/rival/world/': 'spike/rival/world/state.ts',
  'spike/start/': 'spike/start/map.ts',
  'spike/text/': 'spike/text/terminal/layout.ts',
  'spike/text/*.ts': 'spike/text/view.ts',
  'spike/thinker/': 'spike/thinker/pace.ts',
  'spike/world/': 'spike/world/map.json',
  'src/': 'src/lib/chip.ts',
  'src/live/': 'src/live/scene.ts',
  'src/play/': 'src/play/choices.ts',
  'tools/': 'tools/lint/read/finding.ts',
};
const NAME = 'spellkave/imports-point-one-way';

/** The project's own settings; without types, which would take minutes and are not what is tested. */
const eslint = new ESLint({ overrideConfig: [tseslint.configs.disableTypeChecked] });

async function reports(filePath: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath });
  return (result?.messages ?? []).filter(({ ruleId }) => ruleId === NAME).map(({ message }) => message);
}

function relativeTo(file: string, target: string): string {
  const path = posix.relative(dirname(file), target);
  return path.startsWith('.') ? path : `./${path}`;
}

test('each folder has a file to try', () => {
  expect(Object.keys(MAY_IMPORT).filter((folder) => !FILES[folder])).toEqual([]);
});

for (const folder of Object.keys(MAY_IMPORT)) {
  test(`${folder} is refused every import that the table does not allow it, and no other`, async () => {
    const file = folder === 'spike/world/' ? 'spike/world/a.ts' : FILES[folder]!;
    const targets = Object.values(FILES).filter((target) => target !== file);
    const text = targets.map((target) => `import '${relativeTo(file, target)}';`).join('\n');
    const refused = targets.filter((target) => !isAllowed(folder, target));
    expect(refused.length).toBeGreaterThan(1);
    expect(await reports(file, text)).toEqual(
      refused.map((target) => expect.stringMatching(`^${folder.replace('*', '\\*')} does not import ${target}: `)),
    );
  });
}

test('a breach names both folders and what is allowed', async () => {
  expect(await reports('src/lib/chip.ts', "import { connect } from '../../spike/client/connect.ts';")).toEqual([
    'src/ does not import spike/client/connect.ts: besides its own files it may import records/, claims/*.ts, spike/own-files.ts.',
  ]);
});

for (const text of [
  "export { a } from '../../tools/a.ts';",
  "export * from '../../tools/a.ts';",
  "const a = await import('../../tools/a.ts');",
  "import type { A } from '../../tools/a.ts';",
  "import a from '../../tools/a.ts?raw';",
  "import '/tools/a.ts';",
]) {
  test(`the rule sees ${text}`, async () => {
    expect(await reports('src/lib/chip.ts', text)).toHaveLength(1);
  });
}

test('packages, tests on a host, and files outside the folders are not limited', async () => {
  expect(await reports('src/lib/chip.ts', "import 'node:fs'; import { z } from 'zod';")).toEqual([]);
  for (const file of ['src/live/live.spec.ts', 'src/live/live.fixture.ts', 'playwright.config.ts'])
    expect(await reports(file, `import '${relativeTo(file, 'tools/test/plan.ts')}';`)).toEqual([]);
});

test('the rule reads Astro components', async () => {
  const component = "---\nimport { a } from '../../tools/a.ts';\n---\n\n<p>{a}</p>\n";
  expect(await reports('src/components/Chip.astro', component)).toHaveLength(1);
});

test('the page on architecture shows the table', () => {
  const page = readFileSync('src/content/docs/architecture.mdx', 'utf8');
  const section = page.slice(page.indexOf('## Who may import what'), page.indexOf('## The world module'));
  const rows = [...section.matchAll(/^\| (`.*?) \| (.*?) \|$/gm)].flatMap(([, folders = '', may = '']) =>
    codeIn(folders).map((folder) => [folder, codeIn(may)] as const),
  );
  expect(Object.fromEntries(rows)).toEqual(MAY_IMPORT);
});

const codeIn = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
