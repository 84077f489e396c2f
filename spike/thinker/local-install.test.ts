import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'playwright/test';
import { until } from '../until.ts';
import { installOnce } from './local-install.ts';

const MODULE = fileURLToPath(new URL('local-install.ts', import.meta.url));

/** An installation that takes a moment between its two files. */
function slow(folder: string, log: string[] = []) {
  return {
    folder,
    what: 'a thing',
    megabytes: 1,
    fill: async (to: string) => {
      log.push('filled');
      writeFileSync(join(to, 'one'), '1');
      await sleep(300);
      writeFileSync(join(to, 'two'), '2');
    },
  };
}

test('two installations at once fill the folder once, and both get it complete', async ({}, info) => {
  const folder = join(info.outputDir, 'thing');
  mkdirSync(info.outputDir, { recursive: true });
  const [filled, said] = [[] as string[], [] as string[]];
  const both = await Promise.all([1, 2].map(() => installOnce(slow(folder, filled), (line) => said.push(line))));
  expect(both).toEqual([folder, folder]);
  expect(filled).toEqual(['filled']);
  expect(readdirSync(folder).sort()).toEqual(['one', 'two']);
  expect(said.sort()).toEqual([
    'another process is installing a thing; waiting for it',
    'installing a thing, once for this machine (about 1 MB)',
  ]);
});

test('a failed installation leaves no folder, and the next one succeeds', async ({}, info) => {
  const folder = join(info.outputDir, 'thing');
  mkdirSync(info.outputDir, { recursive: true });
  const broken = { ...slow(folder), fill: () => Promise.reject(new Error('the disk is full')) };
  await expect(installOnce(broken, () => {})).rejects.toThrow('the disk is full');
  expect(existsSync(folder)).toBe(false);
  await installOnce(slow(folder), () => {});
  expect(readdirSync(folder).sort()).toEqual(['one', 'two']);
});

test('what a killed process left is removed, and the installation repeated', async ({}, info) => {
  const folder = join(info.outputDir, 'thing');
  mkdirSync(info.outputDir, { recursive: true });
  const program = `
    import { writeFileSync } from 'node:fs';
    import { installOnce } from ${JSON.stringify(MODULE)};
    await installOnce({ folder: ${JSON.stringify(folder)}, what: 'a thing', megabytes: 1, fill(to) {
      writeFileSync(to + '/half', '');
      return new Promise((resolve) => setTimeout(resolve, 60_000));
    } }, () => {});`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program]);
  const half = `${folder}.unfinished/half`;
  await until(() => existsSync(half), 20_000, 20);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect([existsSync(half), existsSync(folder)]).toEqual([true, false]);
  await installOnce(slow(folder), () => {});
  expect(readdirSync(folder).sort()).toEqual(['one', 'two']);
  expect(readFileSync(join(folder, 'two'), 'utf8')).toBe('2');
});
