import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test as base } from 'playwright/test';
import { readExport } from './reader.ts';
import { ExportWriter } from './writer.ts';

const test = base.extend<{ file: string }>({
  file: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'spellkave-export-'));
    await use(join(folder, 'world.ndjson'));
    rmSync(folder, { recursive: true });
  },
});

const HEADER = { database: 'w', exported_at: '1700000000000001', was: { paused: false, notice: '' } };
const good = (id: number) => ({ id, name: `good ${id}` });

function write(file: string, goods = [good(0), good(1)]): void {
  const writer = new ExportWriter(file);
  writer.begin(HEADER);
  for (const row of goods) writer.add('good', row);
  writer.finish();
}

test('a file gives back every digit and every letter', async ({ file }) => {
  const words = fc.string({ unit: 'binary', maxLength: 40 });
  const rows = fc.array(
    fc.record({ id: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), quantity: fc.nat(4_294_967_295), words }),
    { minLength: 1, maxLength: 20 },
  );
  await fc.assert(
    fc.asyncProperty(rows, async (all) => {
      rmSync(file, { force: true });
      const writer = new ExportWriter(file);
      writer.begin(HEADER);
      for (const { id, quantity, words } of all) {
        writer.add('holding', { id: String(id), holder: 4_294_967_295, good: 0, quantity });
        writer.add('said', { place: 1, lines: [{ speaker: 2, words: `${words}\u2028\r` }] });
      }
      writer.finish();
      const { header, rows } = await readExport(file);
      expect(header).toMatchObject({ database: 'w', exported_at: 1_700_000_000_000_001n });
      expect(rows.holding.map(({ id, quantity }) => [id, quantity])).toEqual(all.map((row) => [row.id, row.quantity]));
      expect(rows.said.map(({ lines }) => lines[0]?.words)).toEqual(all.map((row) => `${row.words}\u2028\r`));
    }),
    { numRuns: 10 },
  );
});

test('a file is its user’s alone, appears when it is complete, and replaces nothing', ({ file }) => {
  const writer = new ExportWriter(file);
  writer.begin(HEADER);
  expect(existsSync(file)).toBe(false);
  expect(() => new ExportWriter(file)).toThrow(`${file}.part exists: another export writes it, or one was killed.`);
  writer.finish();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(file, '..'))).toEqual(['world.ndjson']);
  expect(() => new ExportWriter(file)).toThrow(`${file} exists, and an export replaces no file`);
});

test('a discarded file leaves nothing, and one that somebody made meanwhile stays', ({ file }) => {
  const discarded = new ExportWriter(file);
  discarded.begin(HEADER);
  discarded.discard();
  expect(readdirSync(join(file, '..'))).toEqual([]);
  const late = new ExportWriter(file);
  late.begin(HEADER);
  writeFileSync(file, 'mine');
  expect(() => late.finish()).toThrow('exists, and an export replaces no file');
  late.discard();
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

/** What may happen to a file, and what a reader says to it. */
const DAMAGES: Record<string, [(file: string) => void, string]> = {
  'a byte changed': [(file) => edit(file, (text) => text.replace('good 1', 'good 7')), 'does not match its checksum'],
  'a row lost': [(file) => edit(file, (text) => text.replace(/.*good 1.*\n/, '')), 'the table good has 1 rows, not 2'],
  'the end lost': [(file) => edit(file, (text) => text.slice(0, -20)), 'it ends after line 3 without its last line'],
  'half a row lost': [(file) => edit(file, (text) => text.slice(0, 160)), 'without its last line, so it was cut off'],
  'a row twice': [(file) => edit(file, (text) => text.replace(/(.*good 1.*\n)/, '$1$1')), 'has 3 rows, not 2'],
  'a line that is not JSON': [
    (file) => edit(file, (text) => text.replace('{"table"', '{table')),
    'line 2: it is not JSON',
  ],
  'an unknown table': [
    (file) => edit(file, (text) => text.replace('"good"', '"gods"')),
    'line 2: it belongs to no known table',
  ],
  'a row of another form': [(file) => edit(file, (text) => text.replace('"id":1', '"id":"1"')), 'line 3: table good: '],
  'a line after the last one': [(file) => appendFileSync(file, '{}\n'), 'line 5 comes after its last line'],
};

for (const [what, [damage, message]] of Object.entries(DAMAGES)) {
  test(`a file with ${what} is rejected as damaged`, async ({ file }) => {
    write(file);
    damage(file);
    const said = await readExport(file).then(String, (error: Error) => error.message);
    expect(said).toContain(`${file} is damaged: `);
    expect(said).toContain(message);
  });
}

for (const [what, content] of [
  ['empty', ''],
  ['JSON of another program', '{"version":1}\n{}\n'],
  ['no text', '\u0000\u0001\n\u0002'],
] as const) {
  test(`a file that is ${what} is rejected as foreign`, async ({ file }) => {
    writeFileSync(file, content);
    await expect(readExport(file)).rejects.toThrow(`${file} is not an export of a world`);
  });
}

test('a file of another version is rejected by its version', async ({ file }) => {
  write(file);
  edit(file, (text) => text.replace('"version":1', '"version":2'));
  await expect(readExport(file)).rejects.toThrow('has version 2 of the form, and this program reads version 1');
});

test('a file that is not there is named', async ({ file }) => {
  await expect(readExport(file)).rejects.toThrow(`${file} cannot be read: ENOENT`);
});

function edit(file: string, change: (text: string) => string): void {
  const text = readFileSync(file, 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error('the file was not changed');
  writeFileSync(file, changed);
}
