import { existsSync } from 'node:fs';
import { parseArgs, styleText } from 'node:util';
import { local, momentOf } from './moment.ts';
import { search, type Found } from './query.ts';

const HELP = `Shows what happened in a world, from its archive; the newest last.

  npm run history -- [options]

  --who NAME         only what this agent did
  --where PLACE      only in places whose name holds this
  --since MOMENT     10m, 2h or 3d ago, or a local date as 2026-11-22T20:00
  --until MOMENT
  --limit N          the newest so many             (50)
  --json             one JSON object a line, times in UTC
  --file FILE        the archive                    (.spellkave/world/archive.sqlite)
  --help             this text

What happened within the world's window is not in the archive yet.`;

// The reader of this may have seen enough, as `head` does.
process.stdout.on('error', () => process.exit(0));

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
  if (values.help) console.log(HELP);
  else {
    if (!/^[1-9]\d{0,6}$/.test(values.limit))
      throw new Error(`--limit takes a whole number from 1, not "${values.limit}".`);
    if (!existsSync(values.file))
      throw new Error(`There is no archive ${values.file}: \`npm start\` writes one, or name another with --file.`);
    const found = search(values.file, {
      who: values.who,
      where: values.where,
      since: values.since === undefined ? undefined : momentOf('since', values.since),
      until: values.until === undefined ? undefined : momentOf('until', values.until),
      limit: Number(values.limit),
    });
    const width = found.reduce((widest, { where }) => Math.max(widest, where.length), 0);
    for (const event of found) console.log(values.json ? JSON.stringify(event) : lineOf(event, width));
    if (found.length === 0) console.error('Nothing in the archive matches.');
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

function lineOf({ at, where, who, text }: Found, width: number): string {
  return `${styleText('dim', local(at))}  ${where.padEnd(width)}  ${styleText('bold', who)} ${text}`;
}
