import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../fixture.ts';
import { scriptArgs } from '../host/script.ts';

const MEND = fileURLToPath(new URL('./mend.ts', import.meta.url));

function mend(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, scriptArgs(MEND, ...args), { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('cuts a torn header off, says so, and finds nothing more to do', ({ folder }) => {
  const log = join(folder, 'data', 'replicas', '1', 'clog');
  mkdirSync(log, { recursive: true });
  const file = join(log, '00000000000000000000.stdb.log');
  writeFileSync(file, Buffer.alloc(10 + 7));
  expect(mend(folder)).toMatchObject({ status: 0, stdout: expect.stringContaining('Cut 7 bytes') });
  expect(readFileSync(file)).toHaveLength(10);
  expect(mend(folder)).toMatchObject({ status: 0, stdout: `${folder} is ready for a host.\n` });
});

for (const [args, said] of [
  [[], 'takes one folder, and was given 0'],
  [['a', 'b'], 'takes one folder, and was given 2'],
  [['/nowhere'], '/nowhere holds no world'],
] as const)
  test(`npm run mend ${args.join(' ')} ends with the reason`, () => {
    expect(mend(...args)).toMatchObject({ status: 1, stderr: expect.stringContaining(said) });
  });
