import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { generateBindings } from './bindings.ts';

const COMMITTED = 'spike/client/bindings';

test('the committed bindings are those that the pinned CLI generates from the production build', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spellkave-bindings-'));
  await generateBindings(folder);
  const files = (of: string) => readdirSync(of).sort();
  expect(files(COMMITTED), 'run `npm run generate`').toEqual(files(folder));
  for (const file of files(folder)) {
    const [committed, generated] = [COMMITTED, folder].map((of) => readFileSync(join(of, file), 'utf8'));
    expect(committed, `${file} differs: run \`npm run generate\``).toBe(generated);
  }
  rmSync(folder, { recursive: true });
});

test('the bindings know nothing of the lab', () => {
  expect(readdirSync(COMMITTED).filter((file) => file.startsWith('lab'))).toEqual([]);
});
