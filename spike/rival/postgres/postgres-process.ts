/**
 * Runs PostgreSQL as an ordinary user, which it asks for, and removes its data afterwards where they are only lent:
 * `node postgres-process.ts SETTINGS`, as JSON. Runs under a supervisor, so it ends when the one that started it does.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { constants } from 'node:os';
import type { ProcessSettings } from './postgres.ts';

const settings = JSON.parse(process.argv[2] ?? '') as ProcessSettings;
const { program, args, user, lent } = settings;

const child = spawn(program, args, { ...user, stdio: ['ignore', 'inherit', 'inherit'] });
let ending = false;
const end = () => {
  ending = true;
  // Data that are removed anyway need no checkpoint, which may take longer than the supervisor waits.
  child.kill(lent ? 'SIGQUIT' : 'SIGINT');
};
process.on('SIGINT', end).on('SIGTERM', end).on('SIGHUP', end);
child.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
child.on('exit', (code, signal) => {
  // A server that ended by itself leaves its log to the one that started it.
  if (ending && lent) rmSync(lent, { recursive: true, force: true });
  process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0));
});
