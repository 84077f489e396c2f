import { join } from 'node:path';
import { Archive } from './archivist/archive.ts';
import { NOBODY } from './client/world-constants.ts';
import { expect, test } from './fixture.ts';
import { startScript } from './program.fixture.ts';

const PROGRAMS = ['start', 'text', 'thinker', 'archivist'].map((folder) => `spike/${folder}/main.ts`);
const NOWHERE = ['--url', 'http://127.0.0.1:9'];
const TOKEN = { SPELLKAVE_TOKEN: 'a.b.c' };

for (const file of [...PROGRAMS, 'spike/archivist/history.ts', 'spike/export/main.ts']) {
  test(`${file} shows the control characters of an option as letters`, async () => {
    const program = startScript(file, ['--\u001b[2J\u202e']);
    expect(await program.ended).not.toBe(0);
    expect(program.output()).toContain('\\u{1b}[2J\\u{202e}');
    expect(program.output()).toMatch(/^[^\p{Cc}\p{Bidi_Control}]*$/mu);
  });
}

for (const file of ['spike/thinker/main.ts', 'spike/archivist/main.ts']) {
  test(`${file} ends quietly when nobody reads its log any more`, async ({ folder }) => {
    const own = file.includes('archivist') ? ['--file', `${folder}/archive.sqlite`] : [];
    const program = startScript(file, [...NOWHERE, ...own], TOKEN);
    await expect.poll(program.output, { timeout: 20_000 }).toContain('connection lost');
    program.child.stdout.destroy();
    expect(await program.ended).toBe(0);
    expect(program.output()).not.toMatch(/^ +at /m);
  });

  test(`${file} ends in order when its terminal is closed`, async ({ folder }) => {
    const own = file.includes('archivist') ? ['--file', `${folder}/archive.sqlite`] : [];
    const program = startScript(file, [...NOWHERE, ...own], TOKEN);
    await expect.poll(program.output, { timeout: 20_000 }).toContain('connection lost');
    program.child.kill('SIGHUP');
    expect(await program.ended).toBe(0);
  });
}

test('the history shows control and direction characters as letters, and joined letters as written', async ({
  folder,
}) => {
  const file = join(folder, 'archive.sqlite');
  const archive = new Archive(file);
  const odd = { id: 1n, version: 1, tick: 1n, at: 1_000_000n, place: 1, kind: 'say', subject: 3, object: NOBODY };
  const words = '\u001b[2Jmoo\u202e می\u200cخواهم 👩🏽‍🚒';
  const names = { agents: new Map([[3, 'Mi\u200bra']]), places: new Map([[1, 'The \u009b1mMarket']]) };
  archive.store([{ ...odd, quantity: 0, gold: 0, words, request: 0n }], names);
  archive.close();
  const history = async (...options: string[]) => {
    const program = startScript('spike/archivist/history.ts', ['--file', file, ...options]);
    await program.ended;
    return program.output();
  };
  expect(await history()).toContain(
    'The \\u{9b}1mMarket  Mi\\u{200b}ra says: \\u{1b}[2Jmoo\\u{202e} می\u200cخواهم 👩🏽‍🚒\n',
  );
  const json = await history('--json');
  expect(json).toMatch(/^[^\p{Cc}\p{Cf}]+\n$/u);
  expect(JSON.parse(json)).toMatchObject({ who: 'Mi\u200bra', words });
});
