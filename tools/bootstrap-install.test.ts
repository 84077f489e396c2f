import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, INSTALLED_ONCE, NODE_IN_PLACE, test } from './bootstrap.fixture.ts';

test('it ends as the program or npm did, and what failed to install is installed by the next', async ({ checkout }) => {
  checkout.write('npm-held');
  const stopped = checkout.start('exit.mjs', '0');
  await expect.poll(() => checkout.npmLog()).toContain('begin');
  stopped.child.kill('SIGTERM');
  expect((await stopped.ended).code).toBe(128 + 15);
  expect(checkout.locks()).toEqual(['installing']);
  checkout.delete('npm-held');
  checkout.write('npm-fails');
  expect((await checkout.start('exit.mjs', '0').ended).code).toBe(9);
  expect(checkout.locks()).toEqual(['installing']);
  expect((await checkout.start('exit.mjs', '3').ended).code).toBe(3);
  expect((await checkout.start('exit.mjs', '0').ended).code).toBe(0);
  expect((await checkout.start('killed.mjs').ended).code).toBe(128 + 9);
  expect(checkout.npmLog().match(/^begin|^end/gm)).toEqual(['begin', 'begin', 'begin', 'end']);
});

test('of several commands at once one installs, even where a killed one was about to', async ({ checkout }) => {
  const { pid } = spawnSync('true');
  mkdirSync(checkout.turnOf(pid), { recursive: true });
  checkout.write('npm-held');
  const all = Array.from({ length: 4 }, () => checkout.start('world.mjs'));
  for (const { said } of all) await expect.poll(said).toMatch(/^(installing|waiting) .*\n$/);
  checkout.delete('npm-held');
  for (const { said } of all) await expect.poll(said).toContain('lives as ');
  expect(checkout.npmLog()).toBe(INSTALLED_ONCE);
  expect(all.filter(({ said }) => said().startsWith('installing the npm packages\nlives'))).toHaveLength(1);
});

test('what a killed command of the same process number left stops nobody', async ({ checkout }) => {
  const script = 'mkdir -p "$1/.spellkave/installing/$$" && exec "$2" "$1/tools/bootstrap.mjs" exit.mjs 0';
  const { ended } = checkout.run('sh', '-c', script, 'sh', checkout.root, process.execPath);
  expect(await ended).toEqual({ code: 0, output: 'installing the npm packages\n' });
});

test('who waits for the installation of another says so once, can be stopped, and goes on after it', async ({
  checkout,
}) => {
  mkdirSync(checkout.turnOf(process.pid), { recursive: true });
  const waiting = [checkout.start('exit.mjs', '0'), checkout.start('exit.mjs', '0')] as const;
  const sentence = `waiting for process ${process.pid} to install; if it does not, delete ${dirname(checkout.turnOf(0))}\n`;
  for (const { said } of waiting) await expect.poll(said).toBe(sentence);
  // They look a few times more.
  await sleep(500);
  const [stopped, other] = waiting;
  stopped.child.kill('SIGTERM');
  expect(await stopped.ended).toEqual({ code: 128 + 15, output: sentence });
  expect(checkout.npmLog()).toBe('');

  rmSync(checkout.turnOf(process.pid), { recursive: true });
  expect(await other.ended).toEqual({ code: 0, output: `${sentence}installing the npm packages\n` });
  expect(checkout.npmLog()).toBe(INSTALLED_ONCE);
  expect(checkout.locks()).toEqual(['installing']);
});

test('says that there is no npm, or no list of what to install', async ({ checkout }) => {
  checkout.delete('stub/npm');
  checkout.more = { PATH: join(checkout.root, 'stub') };
  expect((await checkout.start('exit.mjs', '0').ended).output).toBe(
    'installing the npm packages\nnpm is missing, which installs the packages: install it, and run the command again.\n',
  );
  checkout.delete('package-lock.json');
  expect((await checkout.start('exit.mjs', '0').ended).output).toBe(
    'cannot read package-lock.json (ENOENT), which lists what to install: restore it.\n',
  );
});

test('installs what only commands need, also where NODE_ENV is production', async ({ checkout }) => {
  checkout.npmInstalls(`echo "$npm_config_include" >included; ln -s '${process.execPath}' ${NODE_IN_PLACE}`);
  checkout.more = { NODE_ENV: 'production' };
  expect((await checkout.start('exit.mjs', '0').ended).code).toBe(0);
  expect(readFileSync(join(checkout.root, 'included'), 'utf8')).toBe('dev\n');
});
