/**
 * What `npm start` runs before it starts anything: checks a thinker's options, and prepares its mind. Prints
 * `{"name": …}` or `{"error": …}`. A process of its own, because `spike/start/` imports no client of the world.
 */
import { readOptions } from './options.ts';

process.stdin.on('close', () => process.exit(1)).resume();

async function prepare(args: string[]): Promise<string> {
  // Preparing connects to no world, so any token will do.
  const options = readOptions(args, { ...process.env, SPELLKAVE_TOKEN: 'none' });
  if (!options) throw new Error('--help is an option of `npm run think`.');
  await options.mind.prepare?.((line) => process.stderr.write(`${line}\n`));
  await options.mind.close?.();
  return options.mind.name;
}

const result = await prepare(process.argv.slice(2)).then(
  (name) => ({ name }),
  (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
);
process.stdout.write(JSON.stringify(result), () => process.exit());
