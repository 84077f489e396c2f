import { expect, NODE_IN_PLACE, test } from './bootstrap.fixture.ts';

const asProgram = (text: string) => `printf '${text}' >${NODE_IN_PLACE}; chmod +x ${NODE_IN_PLACE}`;

for (const [what, script, reason] of [
  ['was not installed', 'true', 'it was not installed'],
  ['is a link to nothing', `ln -s nowhere ${NODE_IN_PLACE}`, 'it was not installed'],
  ['lacks its C library', asProgram('#!/nowhere/ld-linux\\n'), 'it was built for another C library'],
  ['may not be executed', `echo >${NODE_IN_PLACE}`, 'its file may not be executed'],
  [
    'is for another processor',
    asProgram('\\177ELF\\002\\001\\001'),
    '(it was built for another kind of machine|it fails): .*',
  ],
  [
    'needs a newer system',
    asProgram('#!/bin/sh\\necho GLIBC_2.28 not found >&2\\nexit 1\\n'),
    'it fails: GLIBC_2.28 not found',
  ],
  ['dies', asProgram('#!/bin/sh\\nkill -ILL $$\\n'), 'it fails: SIGILL'],
  ['is an old one', asProgram('#!/bin/sh\\necho v23.11.1\\n'), 'it is Node v23.11.1'],
] as const) {
  test(`a pinned Node that ${what} is replaced by the running one, which then runs everything`, async ({
    checkout,
  }) => {
    checkout.npmInstalls(script);
    const first = await checkout.start('node.mjs').ended;
    expect(first.code).toBe(0);
    expect(first.output).toMatch(
      new RegExp(
        `^installing the npm packages\nusing Node ${process.versions.node} of this machine: the Node that this project pins does not run here \\(${reason}\\)\n`,
      ),
    );
    expect(first.output.split('\n').slice(2, 4)).toEqual([process.execPath, process.execPath]);
    // It is not installed again each time.
    const second = await checkout.start('exit.mjs', '3').ended;
    expect(second).toEqual({ code: 3, output: '' });
  });

  test(`a pinned Node that ${what} cannot be replaced by an old one, and the next run repairs it`, async ({
    checkout,
  }) => {
    checkout.npmInstalls(script);
    const { code, output } = await checkout.startOld('exit.mjs', '0').ended;
    expect(code).toBe(1);
    expect(output).toMatch(
      new RegExp(
        `^installing the npm packages\nThe Node that this project pins does not run here \\(${reason}\\), and Node 20.20.2 is too old to replace it: .*\\.\n$`,
      ),
    );
    expect(checkout.has('node_modules/.installed-lock')).toBe(false);
    checkout.delete('npm-installs');
    expect(await checkout.startOld('exit.mjs', '3').ended).toEqual({
      code: 3,
      output: 'installing the npm packages\n',
    });
  });
}

test('names the setting that kept npm from installing the pinned Node', async ({ checkout }) => {
  checkout.npmInstalls('true');
  checkout.more = { npm_config_ignore_scripts: 'true' };
  const { output } = await checkout.startOld('exit.mjs', '0').ended;
  expect(output).toContain(
    '(npm ignores install scripts), and Node 20.20.2 is too old to replace it: install Node 24 or newer, or 22.18 or newer of Node 22, or let npm run install scripts (ignore-scripts=false), and run the command again.\n',
  );
});

test('an installation that was stamped and does not work is repaired by the next run', async ({ checkout }) => {
  expect((await checkout.start('exit.mjs', '0').ended).code).toBe(0);
  checkout.delete(NODE_IN_PLACE);
  expect(await checkout.startOld('exit.mjs', '3').ended).toEqual({ code: 3, output: 'installing the npm packages\n' });
  expect((await checkout.startOld('exit.mjs', '3').ended).output).toBe('');
});

test('a machine for which there is no pinned Node installs everything else', async ({ checkout }) => {
  checkout.write('npm-fails-at-node');
  checkout.npmInstalls('true');
  const { code, output } = await checkout.start('exit.mjs', '3').ended;
  expect(code).toBe(3);
  expect(output).toContain('does not run here (its install script fails)\n');
  expect(
    checkout
      .npmLog()
      .match(/^begin.*$/gm)
      ?.map((line) => line.includes('--ignore-scripts')),
  ).toEqual([false, true]);
  expect((await checkout.startOld('exit.mjs', '0').ended).output).toContain(
    '(its install script fails), and Node 20.20.2 is too old to replace it',
  );
});

test('where no program may run, it says so', async ({ checkout }) => {
  checkout.npmInstalls(`echo >${NODE_IN_PLACE}
    mkdir -p node_modules/esbuild
    echo 'exports.transformSync = () => { throw new Error("spawnSync esbuild EACCES"); }' >node_modules/esbuild/index.js`);
  const { code, output } = await checkout.start('exit.mjs', '0').ended;
  expect([code, output.split('\n')[1]]).toEqual([
    1,
    'The Node that this project pins does not run here (its file may not be executed), nor does any other program in node_modules: allow programs in this folder (a disk mounted with noexec forbids them), or move it.',
  ]);
});
