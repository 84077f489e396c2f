import { parseArgs } from 'node:util';
import { pass } from './read/finding.ts';
import { readRecords } from '../../records/record.ts';
import {
  headsAreLawful,
  linksAgree,
  recordsAreNumbered,
  reviewsAreDue,
  sectionsAreThere,
} from './gates/record-form.ts';
import { linksLeadToFiles } from './gates/file-links.ts';
import { sentencesHaveLines } from './gates/sentence-per-line.ts';
import { templateIsFilled } from './gates/template-filled.ts';

const HELP = `Checks the decision records under adr/: MADR 4 front matter and sections, links between records, names, what a
template left open, and one sentence per line. Warns when the review date of a record has passed.

  npm run lint:adr -- [--help]`;

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const gates = [
  recordsAreNumbered,
  headsAreLawful,
  linksAgree,
  reviewsAreDue(new Date()),
  sectionsAreThere,
  templateIsFilled,
  sentencesHaveLines,
  linksLeadToFiles('.'),
];
process.exit(pass(readRecords('.'), gates) ? 0 : 1);
