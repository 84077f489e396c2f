// Runs a command of this project on a machine that has nothing but Node and npm: installs what package-lock.json lists,
// then starts the command with the Node version that the project brings along. It has no dependency, because it runs
// before there are any.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.installed-lock');
const [command, ...args] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  stop(`Node ${process.versions.node} is too old: install Node ${OLDEST_NODE} or newer.`);
}
if (!command) stop('usage: bootstrap.mjs SCRIPT [ARG …]');

const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.log('installing the npm packages');
  // Errors only: packages that want a newer Node than this one get it, since the project brings its own.
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, lock);
}
const bin = join(modules, '.bin');
run(join(bin, 'node'), ['--disable-warning=ExperimentalWarning', '--import', 'tsx', join(root, command), ...args], {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH}`,
});

function run(program, programArgs, env = process.env) {
  // Ctrl-C reaches the program directly; this process waits until it has cleaned up.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
  const { status, signal, error } = spawnSync(program, programArgs, { cwd: root, env, stdio: 'inherit' });
  if (error) stop(`cannot start ${program}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 128 + constants.signals[signal]);
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
