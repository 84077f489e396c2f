import { parseArgs } from 'node:util';
import { englishIsPlain } from './gates/plain-english.ts';
import { pass } from './read/finding.ts';
import { readPassages } from './read/passages.ts';

const HELP = `Checks documents, comments, messages and test titles for the worst patterns of the writing guide on the
contributing page.

  npm run lint:prose -- [--help]`;

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
process.exit(pass(readPassages('.'), [englishIsPlain]) ? 0 : 1);
