import { z } from 'zod';

/** What a decision can be; a record that another one replaces is superseded, and says by which. */
export const STATUSES = ['proposed', 'rejected', 'accepted', 'deprecated', 'superseded'] as const;

const RecordNumber = z.string().regex(/^\d{4}$/, "a record is named by its four digits in quotes, such as '0002'");
const Links = z.array(RecordNumber).min(1);
const People = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/**
 * The front matter of MADR 4, and typed links between records. A link is written once, in the record that makes it:
 * `supersededBy` only repeats what the newer record says.
 */
export const FrontMatter = z.strictObject({
  status: z.enum(STATUSES),
  /** When the decision was last changed. */
  date: z.iso.date(),
  /** The day by which the decision is looked at again. */
  reviewBy: z.iso.date().optional(),
  'decision-makers': People,
  consulted: People.optional(),
  informed: People.optional(),
  relatesTo: Links.optional(),
  supersedes: Links.optional(),
  supersededBy: Links.optional(),
});
export type FrontMatter = z.infer<typeof FrontMatter>;

/** One key of the front matter, and the line of the file that it stands on. */
export interface Field {
  key: string;
  value: unknown;
  line: number;
}

const KEY = /^(?<key>[A-Za-z][\w-]*):(?:\s+(?<value>.*))?$/;
const ITEM = /^\s*-\s+(?<value>.+)$/;

/**
 * Reads the little of YAML that records use: scalars, and lists in brackets or on lines of their own.
 * @throws Error with the line that is more than that, or when there is no front matter
 */
export function readFields(markdown: string): Field[] {
  const lines = markdown.split('\n');
  const end = lines.indexOf('---', 1);
  if (lines[0] !== '---' || end < 0) throw new Error('line 1: there is no front matter between two lines of ---');
  const fields: Field[] = [];
  for (const [index, text] of lines.slice(1, end).entries()) {
    const line = index + 2;
    const { key, value = '' } = KEY.exec(text)?.groups ?? {};
    const item = ITEM.exec(text)?.groups?.['value'];
    const last = fields.at(-1);
    if (key) fields.push({ key, value: value === '' ? [] : valueOf(value), line });
    else if (item && Array.isArray(last?.value)) last.value.push(scalar(item));
    else if (text.trim())
      throw new Error(`line ${line}: "${text}" is neither a key with a value nor an item of a list`);
  }
  return fields;
}

function valueOf(text: string): unknown {
  const list = /^\[(?<items>.*)\]$/.exec(text.trim())?.groups?.['items'];
  return list === undefined ? scalar(text) : list.split(',').map(scalar);
}

/** Digits without quotes are a number in YAML, where `0010` is even an octal one. */
function scalar(text: string): unknown {
  const trimmed = text.trim();
  const quoted = /^(?<mark>['"])(?<inside>.*)\k<mark>$/.exec(trimmed)?.groups?.['inside'];
  return quoted ?? (/^\d+$/.test(trimmed) ? parseInt(trimmed, 10) : trimmed);
}
