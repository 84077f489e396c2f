import { FrontMatter, STATUSES, type Field } from './front-matter.ts';

/** A fault of a record that keeps it from being read. */
export interface Fault {
  line: number;
  wrong: string;
  fix: string;
}

const DAY = 'write a day such as 2026-11-22';
const PEOPLE = 'name at least one person or team';
const NUMBERS = "write the numbers of records as four digits in quotes, such as ['0002']";

/** What may stand in each key, for a message. */
const FIXES: Record<keyof FrontMatter, string> = {
  status: `use ${STATUSES.join(', ')}, or superseded by ADR-0123`,
  date: DAY,
  reviewBy: DAY,
  'decision-makers': PEOPLE,
  consulted: PEOPLE,
  informed: PEOPLE,
  relatesTo: NUMBERS,
  supersedes: NUMBERS,
  supersededBy: NUMBERS,
};
/** Names that other versions of the template have for a key. */
const FORMER_NAMES: Record<string, keyof FrontMatter> = { deciders: 'decision-makers' };
/** MADR writes the successor into the status, as a name or as a link. */
const SUPERSEDED_BY = /^superseded by\b[^\d]*(?<number>\d{1,4})\b/;
/** Text between braces is what the template wants to be replaced. */
const PLACEHOLDER = /^["']?\{/;

/** Reads the fields of the front matter, as MADR's template, its tools and people write them. */
export function readHead(fields: Field[]): { head?: FrontMatter; faults: Fault[] } {
  const placeholders = fields.filter(({ written }) => PLACEHOLDER.test(written));
  if (placeholders.length > 0) return { faults: placeholders.map(placeholderFault) };
  // The template has keys without a value. One that may be left out then says nothing.
  const filled = fields.filter(({ value }) => value !== null && value !== '');
  const parsed = FrontMatter.safeParse(valuesOf(filled));
  if (parsed.success) return { head: parsed.data, faults: [] };
  return {
    faults: parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownKey(key, fields))
        : [badValue(issue.path[0] as keyof FrontMatter, fields)],
    ),
  };
}

function valuesOf(fields: Field[]): Record<string, unknown> {
  const values = Object.fromEntries(fields.map(({ key, value }) => [key, value]));
  if (typeof values['status'] !== 'string') return values;
  const status = values['status'].trim().toLowerCase();
  const successor = SUPERSEDED_BY.exec(status)?.groups?.['number'];
  if (!successor) return { ...values, status };
  return { supersededBy: [successor.padStart(4, '0')], ...values, status: 'superseded' };
}

function placeholderFault({ key, written, line }: Field): Fault {
  const fix = FrontMatter.shape[key as keyof FrontMatter]?.safeParse(undefined).success
    ? 'replace it, or delete the line'
    : FIXES[key as keyof FrontMatter];
  return { line, wrong: `${key} still has the template's ${written}`, fix };
}

function unknownKey(key: string, fields: Field[]): Fault {
  const name = FORMER_NAMES[key];
  const fix = name ? `MADR 4 calls it ${name}` : `the keys are ${Object.keys(FIXES).join(', ')}`;
  return { line: lineOf(key, fields), wrong: `${key} is not a key of the front matter`, fix };
}

function badValue(key: keyof FrontMatter, fields: Field[]): Fault {
  const field = fields.find((one) => one.key === key);
  const what = field?.written ? `${field.written} cannot be read` : field ? 'has no value' : 'is missing';
  return { line: lineOf(key, fields), wrong: `${key} ${what}`, fix: FIXES[key] };
}

function lineOf(key: string, fields: Field[]): number {
  return fields.find((field) => field.key === key)?.line ?? 1;
}
