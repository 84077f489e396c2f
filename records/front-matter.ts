import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Node } from './markdown.ts';

/** What a decision can be. A record that another one replaces is superseded. */
export const STATUSES = ['proposed', 'rejected', 'accepted', 'deprecated', 'superseded'] as const;

const RecordNumber = z.string().regex(/^\d{4}$/);
const Links = z.array(RecordNumber).min(1);
const People = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/**
 * The front matter of MADR 4, and typed links between records. A link is written once, in the record that makes it;
 * only a succession stands in both, because readers of either file look for it there.
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
  /** The value as the file has it, on one line. */
  written: string;
  line: number;
}

/** Front matter that is missing or is not a YAML map. */
export class BadFrontMatter extends Error {
  constructor(
    message: string,
    readonly line: number,
    readonly fix: string,
  ) {
    super(message);
  }
}

const FORM = 'write status, date and decision-makers between two lines of ---, each as key: value';

/**
 * The fields of a document's front matter.
 * @throws BadFrontMatter
 */
export function fieldsOf(root: Node): Field[] {
  const block = root.children?.find(({ type }) => type === 'yaml');
  if (!block) throw new BadFrontMatter('no front matter at the beginning', 1, FORM);
  const counter = new LineCounter();
  const text = block.value ?? '';
  const yaml = parseDocument(text, { lineCounter: counter });
  // The first line of the file is the opening ---.
  const lineAt = (offset: number) => block.position.start.line + counter.linePos(offset).line;
  const [error] = yaml.errors;
  if (error) {
    const message = error.message.split(' at line ')[0] ?? error.message;
    const fix = error.code === 'TAB_AS_INDENT' ? 'indent with spaces' : FORM;
    throw new BadFrontMatter(message, lineAt(error.pos[0]), fix);
  }
  if (yaml.contents === null) throw new BadFrontMatter('the front matter is empty', 1, FORM);
  if (!isMap(yaml.contents)) throw new BadFrontMatter('the front matter is not a list of keys and values', 1, FORM);
  return yaml.contents.items.map(({ key, value }) => ({
    key: isScalar(key) ? String(key.value) : String(key),
    value: isNode(value) ? (value.toJS(yaml) as unknown) : value,
    written:
      isNode(value) && value.range ? text.slice(value.range[0], value.range[1]).replaceAll(/\s+/g, ' ').trim() : '',
    line: lineAt(isScalar(key) ? (key.range?.[0] ?? 0) : 0),
  }));
}
