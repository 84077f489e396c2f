import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'playwright/test';

const FULL_DISK = '/dev/full';
const MODULE = resolve('spike/client/closed-output.ts');

/** Prints to a full disk, then ends with 7. */
function codeOnFullDisk(options: string): number | null {
  const code = `
    import { onClosedOutput } from '${MODULE}';
    onClosedOutput(() => process.exit(1), ${options});
    process.stdout.write('a line');
    setTimeout(() => { process.stdout.write('another'); setTimeout(() => process.exit(7), 50); }, 50);`;
  const output = openSync(FULL_DISK, 'w');
  const args = ['--import', 'tsx', '--input-type=module', '--eval', code];
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', output, 'pipe'] });
  closeSync(output);
  return status;
}

test('a service outlives a full disk under its log, and a command reports that its output is lost', () => {
  test.skip(!existsSync(FULL_DISK), 'this system has no disk that is always full');
  expect(codeOnFullDisk('{ goesOnWithoutLog: true }')).toBe(7);
  expect(codeOnFullDisk('{}')).not.toBe(7);
});
