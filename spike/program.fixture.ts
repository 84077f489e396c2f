import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { scriptArgs } from './host/script.ts';

/** A script of this project that a test runs as its own process. */
export interface Program {
  readonly child: ChildProcessWithoutNullStreams;
  /** Everything printed so far, on both outputs. */
  readonly output: () => string;
  /** The exit code, or null after a signal. Settles once all output was read. */
  readonly ended: Promise<number | null>;
}

export function startScript(file: string, args: string[], env: NodeJS.ProcessEnv = {}): Program {
  // Playwright sets FORCE_COLOR for its workers, and colours would get in the way of comparing the output.
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const child = spawn(process.execPath, scriptArgs(file, ...args), { env: { ...inherited, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, output: () => output, ended };
}

/** Stops a program as Ctrl-C does, unless it has ended. */
export async function interrupt({ child, ended }: Program): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
  return ended;
}
