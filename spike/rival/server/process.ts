import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { OWNER, Tokens } from './token.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

/** A game server in its own process. It ends with this process, even if this process is killed. */
export interface ServerProcess {
  readonly port: number;
  readonly pid: number;
  /** The address that an identity connects to, the owner by default. */
  urlFor(identity?: string): string;
  /** Settles with the exit code when the process has ended; after a signal with null. */
  readonly ended: Promise<number | null>;
  /** Ends it with SIGKILL and waits until it is gone. */
  kill(): Promise<void>;
  /** Ends it after everything is written, and waits. */
  stop(): Promise<void>;
}

/**
 * Starts a server and waits until it listens.
 * @param args as `main.ts --help` describes them
 * @param secret signs the tokens; with the same one, tokens outlive a restart
 * @param program that takes `--end-with-stdin` and prints where it listens, like `main.ts`
 * @throws Error with what the server printed when it ends instead
 */
export async function startServer(
  args: readonly string[],
  secret = newSecret(),
  program = MAIN,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--no-warnings', program, '--end-with-stdin', ...args], {
    env: { ...process.env, RIVAL_SECRET: secret },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-4_000)));
  child.stdin.on('error', () => {});
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const lines = createInterface(child.stdout);
  const first = await Promise.race([once(lines, 'line').then(([line]) => String(line)), ended.then(() => undefined)]);
  if (first === undefined) throw new Error(`the server did not start: ${errors.trim()}`);
  const { port, pid } = JSON.parse(first) as { port: number; pid: number };
  const tokens = new Tokens(secret);
  return {
    port,
    pid,
    ended,
    urlFor: (identity = OWNER) => `ws://127.0.0.1:${port}/?token=${tokens.sign(identity)}`,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

export function newSecret(): string {
  return randomBytes(32).toString('hex');
}
