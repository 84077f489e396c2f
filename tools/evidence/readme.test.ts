import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { listEvidence, readEvidence } from '../../claims/evidence-file.ts';
import { readmeIsCurrent } from '../lint/gates/evidence-readme.ts';
import { evidenceReadme, README, writeReadme } from './readme.ts';

test('the committed list of evidence is current', () => {
  expect(readmeIsCurrent('.')()).toEqual([]);
});

test('the list shows every claim with its sentence, its record, its verdict and its headline', () => {
  const text = evidenceReadme('.');
  for (const id of listEvidence('.')) {
    const evidence = readEvidence('.', id);
    expect(text).toContain(`## [${id}](${id}.json)`);
    expect(text).toContain(
      evidence.verdict === 'not measured' ? evidence.reason : `**${evidence.verdict}**: ${evidence.headline}`,
    );
  }
  expect(text).toMatch(/Only the module itself can run a tick\. \(\[0001\]\(\.\.\/adr\/0001-[^)]+\)\)/);
});

test('changed evidence makes the list out of date, and writing it again makes it current', () => {
  const root = mkdtempSync(join(tmpdir(), 'spellkave-readme-'));
  for (const folder of ['adr', 'evidence']) cpSync(folder, join(root, folder), { recursive: true });
  writeReadme(root);
  const file = join(root, 'evidence/tick-cadence.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/"headline": "[^"]*"/, '"headline": "other words"'));
  expect(readmeIsCurrent(root)()).toMatchObject([{ file: README, wrong: 'is out of date' }]);
  writeReadme(root);
  expect(readmeIsCurrent(root)()).toEqual([]);
  rmSync(root, { recursive: true });
});
