import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** A shell with job control on a terminal of its own. */
export interface Shell {
  /** Everything that the terminal was sent so far. */
  output: () => string;
  type(text: string): void;
  /** The processes on the terminal, the shell first. */
  processes(): number[];
  /** Closes the terminal, as a person who closes its window. */
  hangUp(): Promise<void>;
}

/** On Linux `script` has the user's shell run the command; with `exec` no shell that waits for it is left over. */
const argsFor = (command: string) =>
  process.platform === 'darwin' ? ['-q', '/dev/null', ...command.split(' ')] : ['-qec', `exec ${command}`, '/dev/null'];

/** Linux and macOS bring `script`, which runs a program on a terminal, and `ps`; a minimal container may lack them. */
export const hasTerminals =
  spawnSync('script', argsFor('true')).status === 0 && spawnSync('ps', ['-A', '-o', 'pid=,ppid=']).status === 0;

/** @param columns width of the terminal */
export function openShell(columns = 80): Shell {
  const { FORCE_COLOR: _, ENV: __, ...env } = process.env;
  const child = spawn('script', argsFor('sh -i'), {
    env: { ...env, TERM: 'xterm', NO_COLOR: '1' },
    detached: true,
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stdin.on('error', () => {});
  const ended = once(child, 'exit');
  child.stdin.write(`stty cols ${columns} rows 24; PS1='SHELL$ '\n`);
  return {
    output: () => output,
    type: (text) => void child.stdin.write(text),
    processes: () => descendantsOf(child.pid ?? 0),
    async hangUp() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function descendantsOf(parent: number): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = stdout
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
  const below = (pid: number): number[] =>
    pairs.flatMap(([child = 0, of]) => (of === pid ? [child, ...below(child)] : []));
  return below(parent);
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
