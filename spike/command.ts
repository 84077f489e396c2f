import { spawn } from 'node:child_process';

export interface CommandOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** `show` passes the output through; `quiet`, the default, keeps it for the result and the error. */
  output?: 'show' | 'quiet';
}

/**
 * Runs a program to its end.
 * @returns its standard output when quiet, else an empty string
 * @throws Error when it cannot start or does not exit with 0; with the end of its output when quiet
 */
export function run(program: string, args: string[], options: CommandOptions = {}): Promise<string> {
  const show = options.output === 'show';
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(stdout);
      const lastLines = show ? '' : `\n${(stdout + stderr).trim().split('\n').slice(-30).join('\n')}`;
      reject(new Error(`${[program, ...args].join(' ')} ended with ${signal ?? `exit code ${code}`}${lastLines}`));
    });
  });
}

/** Whether a program can be run; used to choose between tools. */
export async function answers(program: string, ...args: string[]): Promise<boolean> {
  return run(program, args).then(
    () => true,
    () => false,
  );
}
