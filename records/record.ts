import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BadFrontMatter, fieldsOf, FrontMatter, type Field } from './front-matter.ts';
import { definitionsOf, linksOf, type Link } from './link.ts';
import { parseMarkdown, walk, wordsOf, type Markdown } from './markdown.ts';
import { mentionsOf, type Mention } from './mention.ts';
import { proseOf, type ProseLine } from './prose.ts';
import { statementsOf, type Statement } from './statement.ts';

/** A file as it is on the disk. */
export interface Source {
  /** Relative to the project's folder. */
  path: string;
  text: string;
}

/** A heading of a record. */
export interface Heading {
  depth: number;
  words: string;
  line: number;
}

/** A fault of the front matter. */
export interface Fault {
  line: number;
  wrong: string;
  fix: string;
}

/** A decision record: everything that the linters and the site want to know of one file under `adr/`. */
export interface DecisionRecord extends Source {
  /** The file name without its ending, e.g. `0001-spacetimedb-as-world-runtime`. */
  slug: string;
  /** Absent when the file is not named by a number and a slug. */
  number?: string;
  /** The first heading, which is what GitHub and other ADR tools show. */
  title: string;
  fields: Field[];
  /** Absent when the front matter does not fit its schema. Then `faults` say why. */
  head?: FrontMatter;
  faults: Fault[];
  headings: Heading[];
  links: Link[];
  /** The addresses of reference-style links, by identifier. */
  definitions: Map<string, string>;
  statements: Statement[];
  mentions: Mention[];
  prose: ProseLine[];
}

const NAME = /^(?<number>\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Every Markdown file under `adr/`, by name. */
export function readRecords(root: string): DecisionRecord[] {
  return globSync('adr/*.md', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .map((path) => parseRecord({ path, text: readFileSync(join(root, path), 'utf8') }));
}

export function parseRecord({ path, text }: Source): DecisionRecord {
  const markdown = parseMarkdown(text);
  const slug = basename(path, '.md');
  const number = NAME.exec(slug)?.groups?.['number'];
  const headings = headingsOf(markdown);
  const links = linksOf(markdown);
  return {
    path,
    text: markdown.text,
    slug,
    ...(number && { number }),
    title: titleOf(headings) ?? slug,
    ...readHead(markdown),
    headings,
    links,
    definitions: definitionsOf(markdown.root),
    statements: statementsOf(markdown, links),
    mentions: mentionsOf(markdown),
    prose: proseOf(markdown),
  };
}

function headingsOf({ root }: Markdown): Heading[] {
  return [...walk(root)].flatMap((node) =>
    node.type === 'heading' ? [{ depth: node.depth ?? 1, words: wordsOf(node), line: node.position.start.line }] : [],
  );
}

function titleOf(headings: Heading[]): string | undefined {
  return headings.find(({ depth }) => depth === 1)?.words;
}

function readHead({ root }: Markdown): Pick<DecisionRecord, 'fields' | 'head' | 'faults'> {
  let fields: Field[];
  try {
    fields = fieldsOf(root);
  } catch (error) {
    if (!(error instanceof BadFrontMatter)) throw error;
    const fix = 'write MADR 4 front matter with status, date and decision-makers';
    return { fields: [], faults: [{ line: error.line, wrong: error.message, fix }] };
  }
  const parsed = FrontMatter.safeParse(Object.fromEntries(fields.map(({ key, value }) => [key, value])));
  if (parsed.success) return { fields, head: parsed.data, faults: [] };
  const faults = parsed.error.issues.map(({ path: [key], message }): Fault => {
    const line = fields.find((field) => field.key === key)?.line ?? 1;
    const wrong = key === undefined ? message : `${String(key)}: ${message}`;
    return { line, wrong, fix: 'see records/front-matter.ts for the values it may have' };
  });
  return { fields, faults };
}

/** The line of a key of the front matter. */
export function lineOfKey({ fields }: DecisionRecord, key: keyof FrontMatter): number {
  return fields.find((field) => field.key === key)?.line ?? 1;
}
