// Runs a command of this project on a machine that has only Node and npm. It installs what package-lock.json lists, then
// starts the command with the Node version that package-lock.json pins, or with the running one where that cannot run.
// It has no dependency, because it runs before there are any.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

// Old enough for what distributions ship: it runs this file and npm, and the pinned Node runs everything else.
const OLDEST_NODE = 20;
// Everything else uses node:sqlite with timeouts and TypeScript without a flag. No release of Node 23 had both.
const isNewEnough = (version) => /^v?(22\.(1[89]|[2-9]\d)|2[4-9]|[3-9]\d|\d{3,})\./.test(version);
const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'node_modules', '.installed-lock');
const turn = join(root, '.spellkave', 'installing');
const IGNORED = 'npm ignores install scripts';
const FORBIDDEN = 'its file may not be executed';
const [command, ...args] = process.argv.slice(2);

const { node } = process.versions;
if (parseInt(node) < OLDEST_NODE) stop(`Node ${node} is too old: install Node ${OLDEST_NODE} or newer.`);
if (!command) stop('usage: bootstrap.mjs SCRIPT [ARG …]');
const isInstalledFile = command.startsWith('node_modules');
if (!isInstalledFile) checkThatItExists();

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

const bin = join(root, 'node_modules', '.bin');
const pinned = join(bin, 'node');
const lock = createHash('sha256').update(readLock()).digest('hex');
// Says that the pinned Node does not run on this kind of machine, so that it is not installed again each time.
const lockWithout = `${lock} without the pinned Node on ${process.platform} ${process.arch}`;
let runtime = findRuntime();
if (!runtime) {
  const endTurn = await takeTurn();
  runtime = findRuntime() ?? (await install());
  endTurn();
}
if (isInstalledFile) checkThatItExists();
const path = [runtime === pinned ? bin : `${onlyNode(runtime)}${delimiter}${bin}`, process.env.PATH].join(delimiter);
const first = `data:text/javascript,${encodeURIComponent(`(${endQuietly})()`)}`;
const loads = ['tsx', first].flatMap((module) => ['--import', module]);
const program = ['--disable-warning=ExperimentalWarning', ...loads, join(root, command), ...args];
await run(runtime, program, { env: { ...process.env, PATH: path } });

// Runs in the command's process. `head` and `less` may end before the command has printed everything: it then ends
// quietly, as other programs do, instead of with a stack trace. A command that has more to do listens itself.
function endQuietly() {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error) => {
      if (!['EPIPE', 'EIO'].includes(error.code)) throw error;
      if (stream.listenerCount('error') === 1) process.exit(0);
    });
}

function readLock() {
  try {
    return readFileSync(join(root, 'package-lock.json'));
  } catch (error) {
    return stop(`cannot read package-lock.json (${error.code}), which lists what to install: restore it.`);
  }
}

function checkThatItExists() {
  if (!statSync(join(root, command), { throwIfNoEntry: false })?.isFile())
    stop(`${command} is not a file of this project: name one, such as spike/start/main.ts.`);
}

// Which Node runs the command, if everything is installed. Asks it each time: somebody may have copied the checkout to
// another kind of machine, or an installation may have been stamped that never worked.
function findRuntime() {
  const stamped = existsSync(stamp) && readFileSync(stamp, 'utf8');
  if (stamped === lock && !faultOfPinned()) return pinned;
  if (stamped === lockWithout && isNewEnough(node)) return process.execPath;
  return undefined;
}

// Installs, and stamps the installation once there is a Node that runs what was installed.
async function install() {
  console.log('installing the npm packages');
  // Errors only: packages that want a newer Node than this one get it, since the project pins one.
  const ci = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  // Everything that a command needs counts as a development dependency, also where NODE_ENV is production.
  const env = { ...process.env, npm_config_include: 'dev' };
  // Not every kind of machine has a package with the pinned Node. Its install script then fails, and with it the rest.
  const { hasFailed } = await run('npm', ci, { env, toleratesIn: /node_modules.node(?![\w-])/ });
  if (hasFailed && isNewEnough(node)) await run('npm', [...ci, '--ignore-scripts'], { env });
  const fault = hasFailed ? 'its install script fails' : faultOfPinned();
  if (!fault) {
    writeFileSync(stamp, lock);
    return pinned;
  }
  if (!isNewEnough(node)) stop(`${doesNotRun(fault)}, and Node ${node} is too old to replace it: ${wayOut(fault)}.`);
  if (mayRunNothing()) stop(`${doesNotRun(fault)}, nor does any other program in node_modules: ${wayOut(fault)}.`);
  console.error(`using Node ${node} of this machine: the Node that this project pins does not run here (${fault})`);
  writeFileSync(stamp, lockWithout);
  return process.execPath;
}

// Why the pinned Node does not run, or nothing if it does.
function faultOfPinned() {
  const { error, status, signal, stdout, stderr } = spawnSync(pinned, ['--version'], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  if (error?.code === 'ENOENT' && !existsSync(pinned)) return ignoresScripts() ? IGNORED : 'it was not installed';
  if (error?.code === 'ENOENT') return 'it was built for another C library';
  if (error?.code === 'EACCES') return FORBIDDEN;
  if (error) return `it was built for another kind of machine: ${error.code}`;
  if (status !== 0) return `it fails: ${stderr.trim().split('\n')[0] || signal || `exit code ${status}`}`;
  return isNewEnough(stdout.trim()) ? undefined : `it is Node ${stdout.trim()}`;
}

// npm passes its settings on to what it runs.
function ignoresScripts() {
  return process.env.npm_config_ignore_scripts === 'true';
}

// Where programs are forbidden, the compiler that every command needs is forbidden too.
function mayRunNothing() {
  const code = "require('esbuild').transformSync('')";
  const { stderr } = spawnSync(process.execPath, ['--eval', code], { cwd: root, encoding: 'utf8' });
  return stderr.includes('EACCES');
}

function doesNotRun(fault) {
  return `The Node that this project pins does not run here (${fault})`;
}

function wayOut(fault) {
  if (fault === FORBIDDEN) return 'allow programs in this folder (a disk mounted with noexec forbids them), or move it';
  const scripts = fault === IGNORED ? ', or let npm run install scripts (ignore-scripts=false)' : '';
  return `install Node 24 or newer, or 22.18 or newer of Node 22${scripts}, and run the command again`;
}

// A folder that holds this Node alone, because the pinned one in node_modules/.bin must not be found before it.
function onlyNode(executable) {
  const folder = join(root, '.spellkave', 'node');
  const link = join(folder, 'node');
  mkdirSync(folder, { recursive: true });
  const prepared = `${link}-${process.pid}`;
  rmSync(prepared, { force: true });
  symlinkSync(executable, prepared);
  renameSync(prepared, link);
  return folder;
}

// Waits until no other command installs. The folder `turn` holds an entry named after the process that installs. To take
// the turn, a process renames a folder that already holds its entry: this replaces an empty folder and fails on any other,
// so exactly one process succeeds, even after a process was killed and its entry had to be removed.
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
    // An entry with this process's own number is from a killed process.
    return Number(pid) !== process.pid && process.kill(Number(pid), 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

// Runs a program, and ends as it does when it fails, unless what it says on standard error matches `toleratesIn`.
function run(program, programArgs, { env, toleratesIn }) {
  return new Promise((resolve) => {
    child = spawn(program, programArgs, {
      cwd: root,
      env,
      stdio: ['inherit', 'inherit', toleratesIn ? 'pipe' : 'inherit'],
    });
    let said = '';
    child.stderr?.on('data', (chunk) => {
      process.stderr.write(chunk);
      said += chunk;
    });
    child.on('error', (error) => stop(cannotStart(program, error)));
    child.on('close', (status, signal) => {
      if (status === 0) return resolve({ hasFailed: false });
      if (status !== null && toleratesIn?.test(said)) return resolve({ hasFailed: true });
      process.exit(status ?? codeOf(signal));
    });
  });
}

function cannotStart(program, { code, message }) {
  if (program === 'npm' && code === 'ENOENT')
    return 'npm is missing, which installs the packages: install it, and run the command again.';
  return `cannot start ${program}: ${message}`;
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
