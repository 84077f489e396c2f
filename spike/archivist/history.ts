import { existsSync } from 'node:fs';
import { parseArgs, styleText } from 'node:util';
import stringWidth from 'string-width';
import { onClosedOutput } from '../client/closed-output.ts';
import { plainJson, plainLines, plainText } from '../client/plain-text.ts';
import { local, momentOf } from './moment.ts';
import { search, type Found } from './query.ts';

const HELP = `Shows what happened in a world, from its archive; the newest last.

  npm run history -- [options]

  --who NAME         only what this agent did
  --where PLACE      only in places whose name contains this
  --region NAME      only in this region of a world that has several
  --since MOMENT     only from then on: 10m, 2h or 3d ago, or a local date such as 2026-11-22T20:00
  --until MOMENT     only until then
  --limit N          at most N events, the newest   (50)
  --json             one JSON object per line, times in UTC
  --file FILE        the archive                    (.spellkave/world/archive.sqlite)
  --help             this text

Events that are still in the world's window are not in the archive yet.`;

onClosedOutput(() => process.exit(0));

try {
  const { values } = parseArgs({
    options: {
      who: { type: 'string' },
      where: { type: 'string' },
      region: { type: 'string' },
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
      throw new Error(`--limit ${values.limit} is not a number of events: use 1 to 9999999.`);
    if (!existsSync(values.file))
      throw new Error(`There is no archive ${values.file}: let \`npm start\` write one, or name another with --file.`);
    const found = search(values.file, {
      who: values.who,
      where: values.where,
      region: values.region,
      since: values.since === undefined ? undefined : momentOf('since', values.since),
      until: values.until === undefined ? undefined : momentOf('until', values.until),
      limit: Number(values.limit),
    });
    const width = found.reduce((widest, event) => Math.max(widest, stringWidth(placeOf(event))), 0);
    for (const event of found) console.log(values.json ? plainJson(event) : lineOf(event, width));
    if (found.length === 0) console.error('No event in the archive matches.');
  }
} catch (error) {
  console.error(plainLines(error instanceof Error ? error.message : String(error)));
  process.exitCode = 2;
}

function placeOf({ region, where }: Found): string {
  return plainText(region === undefined ? where : `${region}: ${where}`);
}

function lineOf(event: Found, width: number): string {
  const { at, who, text } = event;
  const place = placeOf(event);
  const gap = ' '.repeat(width - stringWidth(place));
  return `${styleText('dim', local(at))}  ${place}${gap}  ${styleText('bold', plainText(who))} ${plainText(text)}`;
}
