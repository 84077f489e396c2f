import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BadFrontMatter, fieldsOf, type Field, type FrontMatter } from './front-matter.ts';
import { readHead, type Fault } from './head.ts';
import { definitionsOf, linksOf, type Link } from './link.ts';
import { parseMarkdown, walk, wordsOf, type Markdown } from './markdown.ts';
import { mentionsOf, type Mention } from './mention.ts';
import { proseOf, type ProseLine } from './prose.ts';
import { statementsOf, type Statement } from './statement.ts';
import { ownFiles } from '../spike/own-files.ts';

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
  /** The lines on which a paragraph, code, a table or HTML begins. Headings and comments are not content. */
  content: number[];
}

const NAME = /^(?<number>\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** What MADR puts into the folder of records next to them: its templates, and pages about the folder. */
const NO_RECORD = /^(?:adr-template[\w-]*|template|readme|index)$/i;

/** Every record under `adr/`, by name. */
export function readRecords(root: string): DecisionRecord[] {
  return ownFiles(root, 'adr/*.md')
    .filter((path) => !NO_RECORD.test(basename(path, '.md')))
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
    ...readFront(markdown),
    headings,
    links,
    definitions: definitionsOf(markdown.root),
    statements: statementsOf(markdown, links),
    mentions: mentionsOf(markdown),
    prose: proseOf(markdown),
    content: contentOf(markdown),
  };
}

function headingsOf({ root }: Markdown): Heading[] {
  return [...walk(root)].flatMap((node) =>
    node.type === 'heading'
      ? [{ depth: node.depth ?? 1, words: wordsOf(node).trim(), line: node.position.start.line }]
      : [],
  );
}

function contentOf({ root }: Markdown): number[] {
  return [...walk(root)]
    .filter(
      ({ type, value }) =>
        ['paragraph', 'code', 'table'].includes(type) || (type === 'html' && !/^\s*<!--/.test(value ?? '')),
    )
    .map(({ position }) => position.start.line);
}

function titleOf(headings: Heading[]): string | undefined {
  return headings.find(({ depth }) => depth === 1)?.words || undefined;
}

function readFront({ text, root }: Markdown): Pick<DecisionRecord, 'fields' | 'head' | 'faults'> {
  const unreadable = encodingFault(text);
  if (unreadable) return { fields: [], faults: [unreadable] };
  try {
    const fields = fieldsOf(root);
    return { fields, ...readHead(fields) };
  } catch (error) {
    if (!(error instanceof BadFrontMatter)) throw error;
    return { fields: [], faults: [{ line: error.line, wrong: error.message, fix: error.fix }] };
  }
}

/** Some editors save UTF-16 or an older encoding. Read as UTF-8 it has characters that no text has. */
function encodingFault(text: string): Fault | undefined {
  const place = text.search(/[\0\uFFFD]/);
  if (place < 0) return undefined;
  const line = text.slice(0, place).split('\n').length;
  return { line, wrong: 'the file is not UTF-8', fix: 'save it as UTF-8' };
}

/** The line of a key of the front matter. */
export function lineOfKey({ fields }: DecisionRecord, key: keyof FrontMatter): number {
  // A successor may stand in the status.
  const keys: string[] = key === 'supersededBy' ? [key, 'status'] : [key];
  return keys.flatMap((name) => fields.find((field) => field.key === name) ?? [])[0]?.line ?? 1;
}
