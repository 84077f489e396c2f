import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'playwright/test';
import { ownFiles } from '../spike/own-files.ts';
import { parseEvidence } from './evidence.ts';
import { readEvidence } from './evidence-file.ts';
import { stateOf } from './state.ts';
import { someRun } from './evidence.fixture.ts';
import { COMMON_SOURCES, hashSources } from './sources.ts';

const SOURCES = COMMON_SOURCES.map((pattern) =>
  pattern
    .replace('**/', '')
    .replace('*', 'one')
    .replace(/\{([^,]+).*\}/, '$1'),
);

/** A folder in which every common source exists, and `files` next to them. */
function project(files: Record<string, string> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'spellkave-evidence-'));
  const all = {
    'package.json': '{"dependencies":{}}',
    ...Object.fromEntries(SOURCES.map((file) => [file, ''])),
    ...files,
  };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

test('evidence that breaks its schema is refused, with the file and the field', () => {
  const root = project({ 'evidence/tick.json': JSON.stringify({ ...someRun('tick'), headline: 3 }) });
  expect(() => readEvidence(root, 'tick')).toThrow(/^evidence\/tick\.json: .*headline/s);
  rmSync(root, { recursive: true });
});

test('a file that holds the evidence of another claim is refused', () => {
  const root = project({ 'evidence/tick.json': JSON.stringify(someRun('tock')) });
  expect(() => readEvidence(root, 'tick')).toThrow('evidence/tick.json: holds the claim "tock"');
  rmSync(root, { recursive: true });
});

test('two figures that a citation could not tell apart are refused', () => {
  const run = someRun('tick');
  const root = project({ 'evidence/tick.json': JSON.stringify({ ...run, checks: [...run.checks, ...run.checks] }) });
  expect(() => readEvidence(root, 'tick')).toThrow('two checks of one arm have the same name');
  rmSync(root, { recursive: true });
});

test('evidence is stale when a source has changed, is gone, or was not looked at', () => {
  const root = project({ 'extra.ts': '' });
  const patterns = [...COMMON_SOURCES, 'extra.ts'];
  const measured = (changed: Partial<{ sha256: string; patterns: string[] }> = {}) =>
    stateOf(root, { ...someRun('tick'), sources: { sha256: hashSources(root, patterns), patterns, ...changed } });
  const short = patterns.slice(1);

  expect(measured()).toBe('holds');
  expect(measured({ sha256: 'other' })).toBe('stale');
  expect(measured({ patterns: short, sha256: hashSources(root, short) })).toBe('stale');
  expect(measured({ patterns: [...patterns, 'gone.ts'] })).toBe('stale');
  rmSync(root, { recursive: true });
});

test('a claim is stale once a file that it starts or reads has changed, and others are not', () => {
  const files = {
    'claims/starter.claim.ts': "import './instruments/used.ts';",
    'claims/instruments/used.ts': '',
    'claims/other.claim.ts': '',
    'spike/thinker/main.ts': "import './mind.ts';",
    'spike/thinker/mind.ts': '',
    'package-lock.json': '{}',
  };
  const patternsOf = {
    starter: [...COMMON_SOURCES, 'claims/starter.claim.ts', 'spike/thinker/main.ts', 'package-lock.json'],
    other: [...COMMON_SOURCES, 'claims/other.claim.ts'],
  };
  for (const changed of [
    'claims/instruments/used.ts',
    'spike/thinker/main.ts',
    'spike/thinker/mind.ts',
    'package-lock.json',
  ] as const) {
    const root = project(files);
    const runs = Object.entries(patternsOf).map(([claim, patterns]) =>
      someRun(claim, { sources: { sha256: hashSources(root, patterns), patterns } }),
    );
    const states = () => runs.map((run) => stateOf(root, run));
    expect(states()).toEqual(['holds', 'holds']);
    writeFileSync(join(root, changed), `${files[changed]}\n`);
    expect(states(), changed).toEqual(['stale', 'holds']);
    rmSync(root, { recursive: true });
  }
});

/** The same invented run as commit dd0ff54 wrote it. */
function someRun1(): Record<string, unknown> {
  const { schema: _schema, set: _set, experiment: _experiment, provenance, ...story } = someRun('tick');
  const { idle: _idle, ...load } = provenance.load;
  const checks = story.checks.map(({ label: says, loadProof: timeless, gating: gates, ...figure }) => ({
    ...figure,
    says,
    timeless,
    gates,
  }));
  return { ...story, checks, provenance: { ...provenance, load } };
}

test('evidence without a schema number reads as the common form, and is stale', () => {
  const evidence = parseEvidence(JSON.stringify(someRun1()));
  if (evidence.verdict === 'not measured') throw new Error('it was measured');
  expect(evidence).toMatchObject({ schema: 1, set: 'core' });
  expect(evidence.checks).toEqual(someRun('tick').checks);
  expect(evidence.provenance.load.idle).toBeUndefined();
  expect(stateOf('.', evidence)).toBe('stale');
});

test('rejects fields of one schema in the other, and a schema that nobody knows', () => {
  const run = JSON.stringify(someRun('tick'));
  expect(() => parseEvidence(run.replaceAll('"label"', '"says"'))).toThrow(/label/);
  expect(() => parseEvidence(JSON.stringify({ ...someRun1(), set: 'core' }))).toThrow(/set/);
  expect(() => parseEvidence(run.replace('"schema":2', '"schema":3'))).toThrow(
    'schema 3 is not known: this checkout reads 1 (without a number) and 2',
  );
});

test('every committed evidence file can be read', () => {
  const files = ownFiles('.', 'evidence/**/*.json');
  expect(files.length).toBeGreaterThan(30);
  for (const file of files) expect(() => parseEvidence(readFileSync(file, 'utf8')), file).not.toThrow();
});
