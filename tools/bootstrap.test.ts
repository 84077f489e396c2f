import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'playwright/test';

/** Instead of npm: notes its begin and end, deletes node_modules as `npm ci` does, and lasts as long as it is held. */
const NPM = `#!/bin/sh
echo "begin $*" >>npm.log
rm -rf node_modules
while [ -f npm-held ]; do sleep 0.05; done
[ -f npm-fails ] && rm npm-fails && exit 9
mkdir -p node_modules/.bin node_modules/tsx
ln -s '${process.execPath}' node_modules/.bin/node
echo '{"main":"tsx.cjs"}' >node_modules/tsx/package.json
touch node_modules/tsx/tsx.cjs
echo end >>npm.log`;
const INSTALLED_ONCE = 'begin ci --no-audit --no-fund --loglevel=error\nend\n';

const FILES = {
  'package-lock.json': '{}',
  'stub/npm': NPM,
  'exit.mjs': 'process.exit(Number(process.argv[2]));',
  'killed.mjs': "process.kill(process.pid, 'SIGKILL');",
  /** Takes a while to clean up after the first signal, as a world does. */
  'world.mjs': `
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {
      console.log('got ' + signal);
      setTimeout(() => { console.log('cleaned up'); process.exit(7); }, 700);
    });
    setInterval(() => {}, 1_000);
    console.log('lives as ' + process.pid);`,
};

interface Run {
  child: ChildProcess;
  ended: Promise<{ code: number | null; output: string }>;
  said: () => string;
}

let root: string;
const started: Run[] = [];
test.beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'spellkave-bootstrap-')));
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  chmodSync(join(root, 'stub/npm'), 0o755);
  mkdirSync(join(root, 'tools'));
  copyFileSync(resolve('tools/bootstrap.mjs'), join(root, 'tools/bootstrap.mjs'));
});
test.afterEach(() => {
  for (const { child } of started.splice(0)) {
    // What a failed test leaves: the program may outlive a bootstrap that is gone.
    if (child.pid) spawnSync('kill', ['-KILL', '--', `-${child.pid}`]);
  }
  rmSync(root, { recursive: true });
});

/** The bootstrap in a process group of its own, as a terminal starts it. */
function start(...args: string[]): Run {
  return run(process.execPath, join(root, 'tools/bootstrap.mjs'), ...args);
}

function run(program: string, ...args: string[]): Run {
  const child = spawn(program, args, {
    env: {
      ...process.env,
      PATH: `${join(root, 'stub')}${delimiter}${process.env['PATH']}`,
      npm_lifecycle_event: 'start',
    },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  // Closed when the program has ended too, because that holds the same pipes.
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
  const one = { child, ended, said: () => output };
  started.push(one);
  return one;
}

const npmLog = () => (existsSync(join(root, 'npm.log')) ? readFileSync(join(root, 'npm.log'), 'utf8') : '');
const locks = () => readdirSync(join(root, '.spellkave'), { encoding: 'utf8', recursive: true });
const turnOf = (pid: number | undefined) => join(root, `.spellkave/installing/${pid}`);

/** Waits until what cleans up when it is asked to end lives. */
async function startWorld(world = start('world.mjs')) {
  await expect.poll(world.said).toContain('lives as ');
  return world;
}

for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
  test(`${signal} to the bootstrap reaches the program, which cleans up before both end`, async () => {
    const { child, ended } = await startWorld();
    child.kill(signal);
    const { code, output } = await ended;
    expect(output.split('\n').slice(-4)).toEqual([expect.stringMatching(/^lives/), `got ${signal}`, 'cleaned up', '']);
    expect(code).toBe(7);
  });
}

test('a shell of npm that is killed takes the program with it', async () => {
  const bootstrap = [process.execPath, join(root, 'tools/bootstrap.mjs')];
  const { child, ended } = await startWorld(run('sh', '-c', '"$@"; exit', 'sh', ...bootstrap, 'world.mjs'));
  child.kill('SIGKILL');
  const { output } = await ended;
  expect(output.split('\n').slice(-4)).toEqual([expect.stringMatching(/^lives/), 'got SIGTERM', 'cleaned up', '']);
});

test('Ctrl-C reaches the program once, from the terminal, though npm sends it on, and the bootstrap waits', async () => {
  const { child, ended } = await startWorld();
  process.kill(-(child.pid ?? 0), 'SIGINT');
  child.kill('SIGINT');
  const { code, output } = await ended;
  expect(output.split('\n').slice(-4)).toEqual([expect.stringMatching(/^lives/), 'got SIGINT', 'cleaned up', '']);
  expect(code).toBe(7);
});

test('it ends as the program or npm did, and what failed to install is installed by the next', async () => {
  writeFileSync(join(root, 'npm-held'), '');
  const stopped = start('exit.mjs', '0');
  await expect.poll(npmLog).toContain('begin');
  stopped.child.kill('SIGTERM');
  expect((await stopped.ended).code).toBe(128 + 15);
  expect(locks()).toEqual(['installing']);
  rmSync(join(root, 'npm-held'));
  writeFileSync(join(root, 'npm-fails'), '');
  expect((await start('exit.mjs', '0').ended).code).toBe(9);
  expect(locks()).toEqual(['installing']);
  expect((await start('exit.mjs', '3').ended).code).toBe(3);
  expect((await start('exit.mjs', '0').ended).code).toBe(0);
  expect((await start('killed.mjs').ended).code).toBe(128 + 9);
  expect(npmLog().match(/^begin|^end/gm)).toEqual(['begin', 'begin', 'begin', 'end']);
});

test('of several commands at once one installs, even where a killed one was about to', async () => {
  const { pid } = spawnSync('true');
  mkdirSync(turnOf(pid), { recursive: true });
  writeFileSync(join(root, 'npm-held'), '');
  const all = Array.from({ length: 4 }, () => start('world.mjs'));
  for (const { said } of all) await expect.poll(said).toMatch(/^(installing|waiting) .*\n$/);
  rmSync(join(root, 'npm-held'));
  for (const { said } of all) await expect.poll(said).toContain('lives as ');
  expect(npmLog()).toBe(INSTALLED_ONCE);
  expect(all.filter(({ said }) => said().startsWith('installing the npm packages\nlives'))).toHaveLength(1);
});

test('what a killed command of the same process number left stops nobody', async () => {
  const script = 'mkdir -p "$1/.spellkave/installing/$$" && exec "$2" "$1/tools/bootstrap.mjs" exit.mjs 0';
  const { ended } = run('sh', '-c', script, 'sh', root, process.execPath);
  expect(await ended).toEqual({ code: 0, output: 'installing the npm packages\n' });
});

test('who waits for the installation of another says so once, can be stopped, and goes on after it', async () => {
  mkdirSync(turnOf(process.pid), { recursive: true });
  const waiting = [start('exit.mjs', '0'), start('exit.mjs', '0')] as const;
  const sentence = `waiting for process ${process.pid} to install; if it does not, delete ${dirname(turnOf(0))}\n`;
  for (const { said } of waiting) await expect.poll(said).toBe(sentence);
  // They look a few times more.
  await sleep(500);
  const [stopped, other] = waiting;
  stopped.child.kill('SIGTERM');
  expect(await stopped.ended).toEqual({ code: 128 + 15, output: sentence });
  expect(npmLog()).toBe('');

  rmSync(turnOf(process.pid), { recursive: true });
  expect(await other.ended).toEqual({ code: 0, output: `${sentence}installing the npm packages\n` });
  expect(npmLog()).toBe(INSTALLED_ONCE);
  expect(locks()).toEqual(['installing']);
});
