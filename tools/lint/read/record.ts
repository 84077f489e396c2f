import { basename } from 'node:path';
import { FrontMatter, readFields, type Field } from '../../../claims/front-matter.ts';
import type { Finding } from './finding.ts';
import type { Source } from './project.ts';

/** A decision record, as far as it can be read. */
export interface DecisionRecord extends Source {
  /** Absent when the file is not named by a number and a slug. */
  number?: string;
  fields: Field[];
  /** Absent when the front matter is not lawful; then `faults` say why. */
  head?: FrontMatter;
  faults: Finding[];
}

const NAME = /^(?<number>\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\.md$/;

export function readRecord(source: Source): DecisionRecord {
  const number = NAME.exec(basename(source.path))?.groups?.['number'];
  return { ...source, ...(number && { number }), ...readHead(source) };
}

function readHead({ path, text }: Source): Pick<DecisionRecord, 'fields' | 'head' | 'faults'> {
  let fields: Field[];
  try {
    fields = readFields(text);
  } catch (error) {
    const [, line = '1', wrong = ''] = /^line (\d+): (.*)$/.exec((error as Error).message) ?? [];
    const mend = 'write MADR 4 front matter: status, date and decision-makers, each on one line';
    return { fields: [], faults: [{ file: path, line: Number(line), wrong, mend }] };
  }
  const parsed = FrontMatter.safeParse(Object.fromEntries(fields.map(({ key, value }) => [key, value])));
  if (parsed.success) return { fields, head: parsed.data, faults: [] };
  const faults = parsed.error.issues.map(({ path: [key], message }): Finding => {
    const line = fields.find((field) => field.key === key)?.line ?? 1;
    const wrong = key === undefined ? message : `${String(key)}: ${message}`;
    return { file: path, line, wrong, mend: 'claims/front-matter.ts says what it may be' };
  });
  return { fields, faults };
}

/** The line of a key of the front matter. */
export function lineOfKey({ fields }: DecisionRecord, key: keyof FrontMatter): number {
  return fields.find((field) => field.key === key)?.line ?? 1;
}
