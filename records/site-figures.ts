import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { examplesIn } from './example.ts';
import { figuresOf, ORIGINS, type Figure, type Origin } from './figure.ts';
import { parseMarkdown } from './markdown.ts';
import { ownFiles } from '../spike/own-files.ts';

/** A figure and the document that states it. */
export interface PlacedFigure extends Figure {
  /** Relative to the project's folder. */
  path: string;
}

/** The records and the pages written in Markdown. */
const DOCUMENTS = ['adr/[0-9]*.md', 'src/content/docs/**/*.{md,mdx}'];

/** Every figure of the site's documents, by document and in order. */
export function readFigures(root: string): PlacedFigure[] {
  return ownFiles(root, DOCUMENTS).flatMap((path) => figuresIn(path, readFileSync(join(root, path), 'utf8')));
}

export function figuresIn(path: string, text: string): PlacedFigure[] {
  const markdown = parseMarkdown(text, path.endsWith('.mdx') ? 'mdx' : 'md');
  return figuresOf(markdown, examplesIn(text)).map((figure) => ({ path, ...figure }));
}

/**
 * How many figures come from where; how many of them are compared with their evidence or written from it, and how many of
 * those typed by hand say so.
 */
export function countFigures(figures: readonly Figure[]): Record<Origin | 'checked' | 'declared', number> {
  const by = (origin: Origin) => figures.filter((figure) => figure.origin === origin).length;
  const [evidence, source, hand] = ORIGINS.map(by) as [number, number, number];
  const checked = figures.filter(({ isChecked }) => isChecked).length;
  const declared = figures.filter(({ origin, isDeclared }) => origin === 'hand' && isDeclared).length;
  return { evidence, source, hand, checked, declared };
}
