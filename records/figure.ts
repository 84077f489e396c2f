import { citationOf } from './citation.ts';
import { definitionsOf } from './link.ts';
import { wordsOf, type Markdown, type Node } from './markdown.ts';
import { statedIn, type Stated } from './units.ts';

/**
 * Where a number in a document comes from, by its sentence: a link to evidence, a link to an outside source, or neither.
 * Then somebody typed it by hand.
 */
export const ORIGINS = ['evidence', 'source', 'hand'] as const;
export type Origin = (typeof ORIGINS)[number];

/** A number of a document that could be false. */
export interface Figure {
  /** As it is written, with its unit. */
  words: string;
  /** The sentence around it, or the row of a table. */
  sentence: string;
  line: number;
  origin: Origin;
  /** A linter compares it with its evidence, or the build writes it from there. */
  isChecked: boolean;
  /** What the build writes there, as `claim#figure`. */
  cites?: string;
  /** Its sentence says that it was measured or reckoned by hand, or that it is a judgement. */
  isDeclared: boolean;
}

/** The component that writes a figure of evidence into a page. */
export const CITING_COMPONENT = 'Cited';
/** Its place in a sentence, which is otherwise the words that a reader sees. */
const WRITTEN_BY_BUILD = '\ufffc';

const DECLARES = /\b(?:by hand|by our (?:count|estimate)|judgement|run by us|not measured)\b/i;
/** As a page writes it, and as a record does. */
const CLAIM_PAGE = /^(?:\/claims\/[\w-]+\/|\.\.\/claims\/[\w-]+\.claim\.ts)/;
const OUTSIDE = /^https?:/;
const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });

/** The words of a block, and what is known of each stretch of them. */
interface Stretch {
  words: string;
  links: { url: string; from: number; to: number }[];
  /** Where each line begins in `words`. */
  lines: { line: number; from: number }[];
  /** Cells of a table that are a number alone; the unit stands in the head. */
  cells: Stated[];
  /** Figures that the build writes. */
  written: (Stated & { cites: string })[];
}

const BARE_NUMBER = /^[-−]?\d[\d,]*(?:\.\d+)?(?:\s?[–/]\s?[\d,.]+)*$/;

interface Sentence {
  from: number;
  to: number;
  urls: string[];
}

/**
 * Every figure in paragraphs, lists and tables, in order. Headings, code, HTML, components and the words of pictures are
 * not looked at.
 * @param isExample whether a line only shows how something could be written
 */
export function figuresOf(markdown: Markdown, isExample: (line: number) => boolean = () => false): Figure[] {
  const urls = definitionsOf(markdown.root);
  return blocksIn(markdown.root, urls).filter(({ line }) => !isExample(line));
}

/** A sentence in front of a table that ends in a colon may name the source for all its rows. */
function blocksIn(node: Node, urls: Map<string, string>): Figure[] {
  const children = node.children ?? [];
  return children.flatMap((child, place) => {
    if (child.type === 'paragraph') return inSentences(stretchOf(child, urls));
    if (child.type === 'table') return inRows(child, urls, urlsBefore(children[place - 1], urls));
    return child.type === 'heading' ? [] : blocksIn(child, urls);
  });
}

function inSentences(stretch: Stretch): Figure[] {
  const sentences = sentencesOf(stretch);
  return figuresIn(stretch, (at) => sentences.find(({ from, to }) => from <= at && at < to) ?? sentences.at(-1)!);
}

/** A row is one statement: its cells share their links. */
function inRows(table: Node, urls: Map<string, string>, above: string[]): Figure[] {
  return (table.children ?? []).flatMap((row) => {
    const stretch = stretchOf(row, urls);
    const own = stretch.links.map(({ url }) => url);
    const whole = { from: 0, to: stretch.words.length, urls: own.length > 0 ? own : above };
    return figuresIn(stretch, () => whole);
  });
}

function figuresIn(stretch: Stretch, sentenceAt: (at: number) => Sentence): Figure[] {
  const { words, links, lines } = stretch;
  const stated: (Stated & { cites?: string })[] = [...statedIn(words), ...stretch.cells, ...stretch.written];
  return stated
    .sort((one, other) => one.at - other.at)
    .map(({ words: figure, at, cites }) => {
      const sentence = sentenceAt(at);
      const isByBuild = cites !== undefined;
      const cited = links.some(({ url, from, to }) => from <= at && at < to && citationOf(url)?.figure);
      const own = words.slice(sentence.from, sentence.to).replaceAll(/\s+/g, ' ').trim();
      return {
        words: figure.replaceAll(/\s+/g, ' '),
        sentence: own,
        line: lines.findLast(({ from }) => from <= at)?.line ?? 0,
        origin: isByBuild ? 'evidence' : originOf(sentence, words),
        isChecked: isByBuild || cited,
        isDeclared: DECLARES.test(own),
        ...(isByBuild && { cites }),
      };
    });
}

function originOf({ from, to, urls }: Sentence, words: string): Origin {
  const isCited = urls.some((url) => citationOf(url) !== undefined || CLAIM_PAGE.test(url));
  if (isCited || words.slice(from, to).includes(WRITTEN_BY_BUILD)) return 'evidence';
  return urls.some((url) => OUTSIDE.test(url)) ? 'source' : 'hand';
}

/** Sentences with their links. A link alone after a sentence, such as the one that ends a claim, belongs to it. */
function sentencesOf({ words, links }: Stretch): Sentence[] {
  const sentences: Sentence[] = [];
  for (const { segment, index: from } of SENTENCES.segment(words.replaceAll('\n', ' '))) {
    const to = from + segment.length;
    const own = links.filter((link) => link.from >= from && link.from < to);
    const last = sentences.at(-1);
    const unlinked = own.reduce((rest, link) => rest.replace(words.slice(link.from, link.to), ''), segment);
    if (last && own.length > 0 && !/\w/.test(unlinked)) {
      last.to = to;
      last.urls.push(...own.map(({ url }) => url));
    } else sentences.push({ from, to, urls: own.map(({ url }) => url) });
  }
  return sentences;
}

function urlsBefore(block: Node | undefined, urls: Map<string, string>): string[] {
  if (block?.type !== 'paragraph') return [];
  const stretch = stretchOf(block, urls);
  return stretch.words.trimEnd().endsWith(':') ? (sentencesOf(stretch).at(-1)?.urls ?? []) : [];
}

function stretchOf(block: Node, urls: Map<string, string>): Stretch {
  const stretch: Stretch = { words: '', links: [], lines: [], cells: [], written: [] };
  append(block, stretch, urls);
  return stretch;
}

function append(node: Node, stretch: Stretch, urls: Map<string, string>): void {
  const from = stretch.words.length;
  stretch.lines.push({ line: node.position.start.line, from });
  if (node.type === 'inlineCode') stretch.words += '`code`';
  else if (node.type === 'break') stretch.words += '\n';
  else if (node.type === 'mdxJsxTextElement' && node.name === CITING_COMPONENT) appendWritten(node, stretch);
  else if (node.children) {
    for (const child of node.children) append(child, stretch, urls);
    if (node.type === 'tableCell') closeCell(from, stretch);
  } else if (node.type === 'text') appendText(node, stretch);
  const url =
    node.type === 'link' ? node.url : node.type === 'linkReference' ? urls.get(node.identifier ?? '') : undefined;
  if (url !== undefined) stretch.links.push({ url, from, to: stretch.words.length });
}

function closeCell(from: number, stretch: Stretch): void {
  const words = stretch.words.slice(from).trim();
  if (BARE_NUMBER.test(words)) stretch.cells.push({ words, at: from });
  stretch.words += ' | ';
}

function appendWritten({ attributes = [] }: Node, stretch: Stretch): void {
  const figure = attributes.find(({ name }) => name === 'figure')?.value;
  const cites = typeof figure === 'string' ? figure : '';
  stretch.written.push({ words: CITING_COMPONENT, at: stretch.words.length, cites });
  stretch.words += WRITTEN_BY_BUILD;
}

function appendText(node: Node, stretch: Stretch): void {
  wordsOf(node)
    .split('\n')
    .forEach((line, index) => {
      if (index > 0) stretch.words += '\n';
      stretch.lines.push({ line: node.position.start.line + index, from: stretch.words.length });
      stretch.words += line;
    });
}
