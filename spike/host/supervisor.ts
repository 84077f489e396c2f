/**
 * Runs one program and ends it when this process's standard input closes. The parent holds the other end, so even a
 * killed parent leaves nothing behind. Runs without a loader: `node supervisor.ts GRACE_MS PROGRAM [ARG …]`.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

// The host does not choose the rights of its keys and data, so the umask does: private to the user.
process.umask(0o077);

const HARD_END_MS = 5_000;

const [graceMs, program, ...args] = process.argv.slice(2);
if (!program) throw new Error('usage: supervisor.ts GRACE_MS PROGRAM [ARG …]');

const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
let ending = false;

function end(): void {
  if (ending) return;
  ending = true;
  setTimeout(() => {
    // Newer hosts shut down in order on SIGINT alone. The pinned one handles no signal and simply ends.
    child.kill('SIGINT');
    setTimeout(() => child.kill('SIGKILL'), HARD_END_MS).unref();
  }, Number(graceMs));
}

process.stdin.on('close', end).on('error', end).resume();
process.on('SIGINT', end).on('SIGTERM', end).on('SIGHUP', end);
child.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
child.on('exit', (code, signal) => {
  process.exit(ending ? 0 : (code ?? 128 + (signal ? constants.signals[signal] : 0)));
});
