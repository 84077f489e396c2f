import { spawn } from 'node:child_process';

export interface ClientProcess {
  pid: number;
  /** Everything that it has printed so far. */
  output(): string;
  /** Types a line into its input. */
  type(line: string): void;
  /** Ends it, and settles when it is gone. */
  stop(): Promise<void>;
}

/**
 * Runs one of the product's clients as a user would.
 * @param options its command line
 * @param token its identity; by the environment, as its help asks for
 */
export function startClient(name: 'text' | 'thinker' | 'archivist', options: string[], token = ''): ClientProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', `spike/${name}/main.ts`, ...options], {
    env: { ...process.env, SPELLKAVE_TOKEN: token },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    pid: child.pid ?? 0,
    output: () => output,
    type: (line) => child.stdin.write(`${line}\n`),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
