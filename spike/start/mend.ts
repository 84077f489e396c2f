import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { requireNoticedDamage } from '../host/damaged-log.ts';
import { removeEmptyMetadata } from '../host/empty-metadata.ts';
import { removeEmptySegments } from '../host/empty-segment.ts';
import { cutTornHeaders } from '../host/torn-header.ts';
import { fail, line } from './output.ts';

const HELP = `Readies a world's folder for the host, after a crash, a power cut or a restore.

  npm run mend -- FOLDER

FOLDER holds \`data\` and \`keys\`; no host may run on it. What an unfinished write left behind goes: empty files that stop
the host, and the torn header behind which it would write in vain. Nothing else changes. \`npm start\` does this by itself.

Ends with 1 when the log is damaged in a way that the host does not notice, and says where.`;

function mend(folder: string): void {
  const data = join(folder, 'data');
  if (!existsSync(data)) throw new Error(`${folder} holds no world: name the folder that has \`data\` in it.`);
  const removed = [...removeEmptySegments(data), ...removeEmptyMetadata(data)];
  for (const file of removed) line(`Removed ${file}, which was empty.`);
  const cuts = cutTornHeaders(data);
  for (const { file, bytes } of cuts) line(`Cut ${bytes} bytes of an unfinished entry off ${file}.`);
  requireNoticedDamage(data);
  if (removed.length + cuts.length === 0) line(`${folder} is ready for a host.`);
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h', default: false } },
  });
  const [folder, ...more] = positionals;
  if (values.help) line(HELP);
  else if (!folder || more.length > 0)
    throw new Error(`npm run mend takes one folder, and was given ${positionals.length}.`);
  else mend(folder);
} catch (error) {
  fail(error);
  process.exitCode = 1;
}
