import { existsSync } from 'node:fs';
import { parseArgs, styleText } from 'node:util';
import { momentOf, search } from './query.ts';

const HELP = `Shows what happened in a world, from its archive; the newest last.

  npm run history -- [options]

  --who NAME         only what this agent did
  --where PLACE      only in places whose name holds this
  --since MOMENT     10m, 2h or 3d ago, or 2026-11-22T20:00
  --until MOMENT
  --limit N          at most so many               (50)
  --json             one JSON object a line
  --file FILE        the archive                   (.spellkave/world/archive.sqlite)
  --help             this text

What the world still holds in its window is not in the archive yet.`;

try {
  const { values } = parseArgs({
    options: {
      who: { type: 'string' },
      where: { type: 'string' },
      since: { type: 'string' },
      until: { type: 'string' },
      limit: { type: 'string', default: '50' },
      json: { type: 'boolean', default: false },
      file: { type: 'string', default: '.spellkave/world/archive.sqlite' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  if (!/^[1-9]\d{0,5}$/.test(values.limit))
    throw new Error(`--limit takes a whole number from 1, not "${values.limit}".`);
  if (!existsSync(values.file))
    throw new Error(`There is no archive ${values.file}: \`npm start\` writes one, or name another with --file.`);
  const found = search(values.file, {
    who: values.who,
    where: values.where,
    since: values.since === undefined ? undefined : momentOf(values.since),
    until: values.until === undefined ? undefined : momentOf(values.until),
    limit: Number(values.limit),
  });
  for (const event of found) console.log(values.json ? JSON.stringify(event) : line(event));
  if (found.length === 0) console.error('Nothing in the archive matches.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}

function line({ at, who, where, text }: { at: Date; who: string; where: string; text: string }): string {
  const time = at.toISOString().replace('T', ' ').slice(0, 19);
  return `${styleText('dim', time)}  ${where.padEnd(20)}  ${styleText('bold', who)} ${text}`;
}
