import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { countFigures, readFigures } from '../../records/site-figures.ts';
import { ACCEPTED, byHandDoesNotRise, writeAccepted } from './gates/figures-by-hand.ts';
import { writtenFiguresExist } from './gates/written-figures.ts';
import { pass } from './read/finding.ts';
import { readProject } from './read/project.ts';

const HELP = `Counts the figures in records and pages by where they come from: a link to evidence or to an outside source in the
same sentence, or neither. Fails when those with neither, typed by hand, become more than a review has accepted, and
when a page cites a figure that its claim does not have.

  npm run lint:figures -- [--help] [--accept]

--accept  writes the present ones to ${ACCEPTED}, for a reviewer to see.`;

const { values } = parseArgs({
  options: { help: { type: 'boolean', short: 'h' }, accept: { type: 'boolean', default: false } },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const figures = readFigures('.');
if (values.accept) writeFileSync(ACCEPTED, `${writeAccepted(figures).join('\n')}\n`);
const accepted = existsSync(ACCEPTED) ? readFileSync(ACCEPTED, 'utf8').split('\n').filter(Boolean) : [];
const { evidence, checked, source, hand, declared } = countFigures(figures);
console.log(
  `${evidence} figures from evidence, ${checked} of them to the digit; ${source} from a source; ${hand} by hand, ${declared} of which say so`,
);
const { evidence: files } = readProject('.');
process.exit(pass({ figures, accepted, evidence: files }, [byHandDoesNotRise, writtenFiguresExist]) ? 0 : 1);
