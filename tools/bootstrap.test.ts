import { expect, test } from './bootstrap.fixture.ts';

for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
  test(`${signal} to the bootstrap reaches the program, which cleans up before both end`, async ({ checkout }) => {
    const { child, ended } = await checkout.startWorld();
    child.kill(signal);
    const { code, output } = await ended;
    expect(output.split('\n').slice(-4)).toEqual([expect.stringMatching(/^lives/), `got ${signal}`, 'cleaned up', '']);
    expect(code).toBe(7);
  });
}

test('a shell of npm that is killed takes the program with it', async ({ checkout }) => {
  const bootstrap = [process.execPath, checkout.bootstrap];
  const { child, ended } = await checkout.startWorld(
    checkout.run('sh', '-c', '"$@"; exit', 'sh', ...bootstrap, 'world.mjs'),
  );
  child.kill('SIGKILL');
  const { output } = await ended;
  expect(output.split('\n').slice(-4)).toEqual([expect.stringMatching(/^lives/), 'got SIGTERM', 'cleaned up', '']);
});

test('Ctrl-C reaches the program once, from the terminal, though npm sends it on, and the bootstrap waits', async ({
  checkout,
}) => {
  const { child, ended } = await checkout.startWorld();
  process.kill(-(child.pid ?? 0), 'SIGINT');
  child.kill('SIGINT');
  const { code, output } = await ended;
  expect(output.split('\n').slice(-4)).toEqual([expect.stringMatching(/^lives/), 'got SIGINT', 'cleaned up', '']);
  expect(code).toBe(7);
});

for (const [what, file] of [
  ['a file that is missing', 'missing-file'],
  ['a folder', 'tools'],
  ['a file of a package that is missing', 'node_modules/nothing/bin.mjs'],
] as const)
  test(`${what} is not a command`, async ({ checkout }) => {
    const { code, output } = await checkout.start(file).ended;
    expect(code).toBe(1);
    expect(output.replace('installing the npm packages\n', '')).toBe(
      `${file} is not a file of this project: name one, such as spike/start/main.ts.\n`,
    );
  });

test('a command ends quietly when the program that reads its output has seen enough', async ({ checkout }) => {
  const { child, ended, said } = checkout.start('talks.mjs');
  await expect.poll(said, { timeout: 10_000 }).toContain('a line');
  child.stdout?.destroy();
  const { code, output } = await ended;
  expect(code).toBe(0);
  expect(output).not.toContain('EPIPE');
});
