import { readFileSync } from 'node:fs';

/**
 * A script as a guide prints it, below the line that begins with its path in backquotes.
 * @throws Error when the guide has no such script
 */
export function scriptOf(guide: string, path: string): string {
  const text = readFileSync(guide, 'utf8');
  const start = text.indexOf(`\n\`${path}\``);
  const [, script] = /```sh\n(.*?)```/s.exec(start < 0 ? '' : text.slice(start)) ?? [];
  if (!script) throw new Error(`${guide} shows no script ${path}: name it in backquotes at the beginning of a line`);
  return script;
}
