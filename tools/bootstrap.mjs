// Runs a command of this project on a machine that has nothing but Node and npm: installs what package-lock.json lists,
// then starts the command with the Node version that the project brings along. It has no dependency, because it runs
// before there are any.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'node_modules', '.installed-lock');
const turn = join(root, '.spellkave', 'installing');
const [command, ...args] = process.argv.slice(2);

const { node } = process.versions;
if (parseInt(node) < OLDEST_NODE) stop(`Node ${node} is too old: install Node ${OLDEST_NODE} or newer.`);
if (!command) stop('usage: bootstrap.mjs SCRIPT [ARG …]');

const codeOf = (signal) => 128 + constants.signals[signal];
let child;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  // Ctrl-C reaches the child from the terminal: 0 sends nothing, and only asks whether there is a child to wait for.
  process.on(signal, () => child?.kill(signal === 'SIGINT' ? 0 : signal) || process.exit(codeOf(signal)));
}
// npm starts this in a shell, which may die of a signal without sending it on: the program then ends as well.
let parent = process.ppid;
const isOrphaned = () => parent !== (parent = process.ppid);
if (process.env.npm_lifecycle_event) setInterval(() => isOrphaned() && process.emit('SIGTERM'), 500).unref();

const listed = readFileSync(join(root, 'package-lock.json'));
const lock = createHash('sha256').update(listed).digest('hex');
const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
if (!isInstalled()) {
  const endTurn = await takeTurn();
  if (!isInstalled()) {
    console.log('installing the npm packages');
    // Errors only: packages that want a newer Node than this one get it, since the project brings its own.
    await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
    writeFileSync(stamp, lock);
  }
  endTurn();
}
const bin = join(root, 'node_modules', '.bin');
const program = ['--disable-warning=ExperimentalWarning', '--import', 'tsx', join(root, command), ...args];
await run(join(bin, 'node'), program, { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` });

// Waits until no other command installs. The folder `turn` holds an entry named after the process whose turn it is, and
// is taken by renaming a folder that holds one already: that replaces an empty folder and fails on any other, so one of
// several processes succeeds, also where the entry of a killed one was in the way.
async function takeTurn() {
  const prepared = `${turn}-${process.pid}`;
  const remove = (path) => rmSync(path, { recursive: true, force: true });
  const end = () => [prepared, join(turn, `${process.pid}`)].forEach(remove);
  process.on('exit', end);
  mkdirSync(join(prepared, `${process.pid}`), { recursive: true });
  for (let told; ; await sleep(200)) {
    try {
      renameSync(prepared, turn);
      return end;
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
    }
    for (const other of readdirSync(turn)) {
      if (!isRunning(other)) remove(join(turn, other));
      else if (other !== told) console.log(`waiting for process ${other} to install; if it does not, delete ${turn}`);
      told = other;
    }
  }
}

function isRunning(pid) {
  try {
    // What bears this process's own number was left by a killed one.
    return Number(pid) !== process.pid && process.kill(Number(pid), 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function run(program, programArgs, env = process.env) {
  return new Promise((resolve) => {
    child = spawn(program, programArgs, { cwd: root, env, stdio: 'inherit' });
    child.on('error', (error) => stop(`cannot start ${program}: ${error.message}`));
    child.on('exit', (status, signal) => (status === 0 ? resolve() : process.exit(status ?? codeOf(signal))));
  });
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
