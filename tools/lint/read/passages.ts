import { globSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseMarkdown } from '../../../records/markdown.ts';
import { proseOf } from '../../../records/prose.ts';

/** A line that people read: of a document, or of code, where comments, messages and test titles are. */
export interface Passage {
  /** Relative to the project's folder. */
  file: string;
  line: number;
  words: string;
}

const DOCUMENTS = ['*.md', 'adr/*.md', 'src/content/docs/**/*.{md,mdx}', '.github/**/*.md'];
const CODE = ['*.{mjs,ts}', '{claims,records,spike,src,tools}/**/*.{ts,rs,astro,mjs}'];
/** Generated code, builds, and the gate that has to name what it looks for. */
const LEFT_OUT = ['spike/client/bindings/**', 'spike/world/target/**', 'tools/lint/gates/plain-english*'];

/** Between these comments a document may show bad examples. */
const OFF = '<!-- prose:off -->';
const ON = '<!-- prose:on -->';

export function readPassages(root: string): Passage[] {
  return globSync([...DOCUMENTS, ...CODE], { cwd: root, exclude: LEFT_OUT })
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .flatMap((file) => passagesOf(file, readFileSync(join(root, file), 'utf8')));
}

export function passagesOf(file: string, text: string): Passage[] {
  const lines = text.split('\n');
  const extension = extname(file);
  if (extension !== '.md' && extension !== '.mdx')
    return lines.map((words, index) => ({ file, line: index + 1, words }));
  const isExample = (line: number) => lines.lastIndexOf(OFF, line - 1) > lines.lastIndexOf(ON, line - 1);
  return proseOf(parseMarkdown(text, extension === '.mdx' ? 'mdx' : 'md'))
    .filter(({ line }) => !isExample(line))
    .map(({ line, words }) => ({ file, line, words }));
}
