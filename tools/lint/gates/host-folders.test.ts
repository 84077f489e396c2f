import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { someRun } from '../../../claims/evidence.fixture.ts';
import { hostsAreReadable } from './host-folders.ts';
import { evidenceFitsSchema, evidenceIsFresh } from './limits-and-controls.ts';
import { found } from '../read/project.fixture.ts';
import { readProject } from '../read/project.ts';

test('finds a broken folder of another host once, and its evidence is never stale', () => {
  const root = mkdtempSync(join(tmpdir(), 'spellkave-lint-'));
  const folder = join(root, 'evidence/hosts/2.8.3');
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(root, 'evidence/hosts/newest'));
  const run = someRun('tick');
  writeFileSync(
    join(folder, 'tick.json'),
    JSON.stringify({ ...run, provenance: { ...run.provenance, host: '2.8.3' } }),
  );
  writeFileSync(join(folder, 'tock.json'), '{');

  const project = readProject(root);
  expect(found(hostsAreReadable, project)).toEqual([
    expect.stringMatching(/^evidence\/hosts\/2\.8\.3\/tock\.json:1: cannot be read: /),
    'evidence/hosts/2.8.3/host.md:1: the note about this host is missing or empty',
    'evidence/hosts/newest:1: "newest" is not a version',
  ]);
  expect(evidenceFitsSchema(project)).toEqual([]);
  expect(project.evidence.map(({ path }) => path)).toEqual(['evidence/hosts/2.8.3/tick.json']);
  expect(evidenceIsFresh(true)(project)).toEqual([]);
  rmSync(root, { recursive: true });
});
