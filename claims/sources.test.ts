import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'playwright/test';
import { hashSources } from './sources.ts';

const SDK = '@clockworklabs/spacetimedb-sdk';
const FILES = { 'package.json': `{"dependencies":{"${SDK}":"1.3.3"}}`, 'a/one.rs': 'one', 'a/b/two.rs': 'two' };

/** The hash of a small project, with some of its files changed. */
function hashWith(changes: Record<string, string>, patterns = ['a/**/*.rs', 'a/*.ts']): string {
  const root = mkdtempSync(join(tmpdir(), 'spellkave-sources-'));
  try {
    for (const [file, text] of Object.entries({ ...FILES, 'a/three.ts': 'three', ...changes })) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    return hashSources(root, patterns);
  } finally {
    rmSync(root, { recursive: true });
  }
}

test('the same contents have the same hash anywhere', () => {
  expect(hashWith({})).toBe(hashWith({}));
});

for (const [what, changes] of Object.entries({
  'a changed file': { 'a/b/two.rs': 'other' },
  'a new file': { 'a/b/new.rs': '' },
  'another version of the second SDK': {
    'package.json': `{"dependencies":{"${SDK}":"1.3.3"},"devDependencies":{"spacetimedb":"1.12.0"}}`,
  },
  'another version of the SDK': { 'package.json': `{"dependencies":{"${SDK}":"1.3.4"}}` },
})) {
  test(`${what} changes the hash`, () => {
    expect(hashWith(changes as Record<string, string>)).not.toBe(hashWith({}));
  });
}

test('a test next to the sources does not change the hash', () => {
  expect(hashWith({ 'a/three.test.ts': 'a test' })).toBe(hashWith({}));
});

test('a pattern that matches nothing is an error', () => {
  expect(() => hashWith({}, ['a/**/*.py'])).toThrow('no file matches the source pattern "a/**/*.py"');
});

/** A claim that uses one instrument, starts one program and reads one file; the instrument starts a process. */
const CLAIM = {
  'claims/a.claim.ts': "import { one } from './instruments/one.ts';",
  'claims/instruments/one.ts':
    "import type { Api } from '../../spike/api.ts'; new URL('one-process.ts', import.meta.url);",
  'claims/instruments/one-process.ts': '',
  'claims/instruments/other.ts': '',
  'claims/harness/lab.ts': "import '../../spike/common.ts';",
  'spike/api.ts': "export * from './deep.ts';",
  'spike/deep.ts': "// import './gone.ts'\n/** `import './gone.ts'` */",
  'spike/common.ts': '',
  'spike/thinker/main.ts': "const later = await import('./mind.ts');",
  'spike/thinker/mind.ts': '',
  'package-lock.json': '{}',
};
const PATTERNS = ['claims/a.claim.ts', 'spike/thinker/main.ts', 'package-lock.json'];

for (const changed of [
  'claims/instruments/one.ts',
  'claims/instruments/one-process.ts',
  'spike/deep.ts',
  'spike/thinker/main.ts',
  'spike/thinker/mind.ts',
  'package-lock.json',
] as const) {
  test(`a claim depends on ${changed}: it is imported, started or read`, () => {
    const hash = hashWith({ ...CLAIM, [changed]: `${CLAIM[changed]} ` }, PATTERNS);
    expect(hash).not.toBe(hashWith(CLAIM, PATTERNS));
  });
}

test('a claim does not depend on an instrument that it does not use', () => {
  const changed = { ...CLAIM, 'claims/instruments/other.ts': 'changed' };
  expect(hashWith(changed, PATTERNS)).toBe(hashWith(CLAIM, PATTERNS));
});

test('an import without an extension, as generated bindings have it, is followed', () => {
  const importing = { 'a/three.ts': `import { four } from './b/four';`, 'a/b/four.ts': 'four' };
  expect(hashWith({ ...importing, 'a/b/four.ts': 'other' }, ['a/*.ts'])).not.toBe(hashWith(importing, ['a/*.ts']));
});

test('an import of a file that does not exist is an error', () => {
  const files = { ...CLAIM, 'spike/deep.ts': "import './gone.ts';" };
  expect(() => hashWith(files, PATTERNS)).toThrow('spike/deep.ts imports ./gone.ts, which does not exist');
});
