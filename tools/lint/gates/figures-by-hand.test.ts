import { expect, test } from 'playwright/test';
import { figuresIn } from '../../../records/site-figures.ts';
import { found } from '../read/project.fixture.ts';
import { ACCEPTED, byHandDoesNotRise, writeAccepted } from './figures-by-hand.ts';

const PAGE = 'src/content/docs/a.md';
const BEFORE = 'It takes 5 s.\n\nIt waits [6 s](https://example.org).';
const accepted = writeAccepted(figuresIn(PAGE, BEFORE));
const findings = (text: string) => found(byHandDoesNotRise, { figures: figuresIn(PAGE, text), accepted });

test('the accepted figures pass, and so does one more with a source or with evidence', () => {
  expect(accepted).toEqual([`${PAGE}: 5 s: It takes 5 s.`]);
  expect(findings(BEFORE)).toEqual([]);
  expect(findings(`${BEFORE}\n\nIt rests [7 s](https://example.org).`)).toEqual([]);
  expect(findings(`${BEFORE}\n\nIt rests 7 s. [tick](../evidence/tick.json)`)).toEqual([]);
});

test('one more typed by hand fails, and the new one is named with its line', () => {
  expect(findings(`${BEFORE}\n\nIt rests 7 s.`)).toEqual([
    `${PAGE}:5: "7 s" is typed by hand (2 in all, 1 accepted): "It rests 7 s."`,
  ]);
});

test('a figure in a new row of a table fails, and one in a code fence does not', () => {
  expect(findings(`${BEFORE}\n\n| A |\n| - |\n| 7 s |`)).toHaveLength(1);
  expect(findings(`${BEFORE}\n\n\`\`\`sh\nsleep 7 s\n\`\`\``)).toEqual([]);
});

test('the same sentence a second time fails', () => {
  expect(findings(`${BEFORE}\n\nIt takes 5 s.`)).toHaveLength(1);
});

test('a source that is taken away makes its figure one by hand', () => {
  expect(findings('It takes 5 s.\n\nIt waits 6 s.')).toEqual([
    `${PAGE}:3: "6 s" is typed by hand (2 in all, 1 accepted): "It waits 6 s."`,
  ]);
});

test('a reworded sentence passes, because no figure was added', () => {
  expect(findings('It needs 5 s.')).toEqual([]);
});

test('fewer are a warning to lower the accepted number', () => {
  const [warning] = byHandDoesNotRise({ figures: figuresIn(PAGE, 'It takes time.'), accepted });
  expect(warning).toMatchObject({ file: ACCEPTED, warning: true });
});
