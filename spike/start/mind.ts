import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { scriptArgs } from '../host/script.ts';
import type { MindOption } from './options.ts';
import type { Shutdown } from './shutdown.ts';

const PREPARE = fileURLToPath(new URL('../thinker/prepare.ts', import.meta.url));

/**
 * Lets the thinker check its options, and install what its mind needs, before anything of the world starts. What it
 * installs goes by on standard error.
 * @returns the thinker's name for the mind, e.g. `small at 127.0.0.1:11434`
 * @throws Error with the thinker's sentence when the mind cannot start
 */
export async function prepareMind({ name, args }: MindOption, shutdown: Shutdown): Promise<string> {
  if (name === 'none') return 'none';
  // Nothing can be wrong with the default, so it does not delay the start.
  if (name === 'rules' && args.length === 0) return 'embedded rules';
  const options = scriptArgs(PREPARE, `--mind=${name}`, ...args);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...options], {
    // It ends when its input does, so that a killed start leaves no installation running.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  shutdown.add(() => void child.kill());
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (shutdown.ending) return shutdown.ending;
  if (code !== 0 || !output) throw new Error(`preparing the mind ended with ${signal ?? `exit code ${code}`}`);
  const said = JSON.parse(output) as { name: string } | { error: string };
  if ('error' in said) throw new Error(said.error);
  return said.name;
}
