import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { examplesIn } from '../../../records/example.ts';
import { parseMarkdown, type Markdown } from '../../../records/markdown.ts';
import { proseOf } from '../../../records/prose.ts';
import { ownFiles } from '../../../spike/own-files.ts';
import { readProgram } from './comments.ts';

/** What people read in one go: a paragraph of a document or of a comment, or a line of code with messages and titles. */
export interface Passage {
  /** Relative to the project's folder. */
  file: string;
  /** The line of its first word. */
  line: number;
  /** Of a paragraph with the line breaks of the file. */
  words: string;
}

const DOCUMENTS = ['*.md', 'adr/*.md', 'src/content/docs/**/*.{md,mdx}', '.github/**/*.md'];
const CODE = ['*.{mjs,ts}', '{claims,records,spike,src,tools}/**/*.{ts,rs,astro,mjs}'];
/** Generated code, and the gate that has to name what it looks for. */
const LEFT_OUT = ['spike/client/bindings/', 'tools/lint/gates/plain-english'];

export function readPassages(root: string): Passage[] {
  return ownFiles(root, [...DOCUMENTS, ...CODE])
    .filter((file) => !LEFT_OUT.some((start) => file.startsWith(start)))
    .flatMap((file) => passagesOf(file, readFileSync(join(root, file), 'utf8')));
}

export function passagesOf(file: string, text: string): Passage[] {
  const extension = extname(file);
  if (extension !== '.md' && extension !== '.mdx') return ofProgram(file, text);
  const isExample = examplesIn(text);
  const markdown = parseMarkdown(text, extension === '.mdx' ? 'mdx' : 'md');
  return paragraphsOf(file, markdown).filter(({ line }) => !isExample(line));
}

/** Comments are Markdown, so code in them is left out. */
function ofProgram(file: string, text: string): Passage[] {
  const { comments, code } = readProgram(text);
  const paragraphs = comments.flatMap((comment) =>
    paragraphsOf(file, parseMarkdown(comment.text)).map((passage) => ({
      ...passage,
      line: comment.line + passage.line - 1,
    })),
  );
  return [...paragraphs, ...code.map(({ line, words }) => ({ file, line, words }))].sort((a, b) => a.line - b.line);
}

/** Joins the lines of a paragraph, because a sentence may go over several of them. */
function paragraphsOf(file: string, markdown: Markdown): Passage[] {
  const passages: Passage[] = [];
  let next = 0;
  for (const { line, kind, words } of proseOf(markdown)) {
    const last = passages.at(-1);
    if (last && kind === 'text' && line === next) last.words += `\n${words}`;
    else passages.push({ file, line, words });
    // Only text goes on in the next line.
    next = kind === 'text' || kind === 'item' ? line + 1 : 0;
  }
  return passages;
}
