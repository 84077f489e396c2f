import { styleText } from 'node:util';
import { plainLines, plainText } from '../client/plain-text.ts';

const CLEAR_LINE = '\r\x1b[2K';

export const isTerminal = process.stdout.isTTY;

type Style = Parameters<typeof styleText>[0];

/** Prints text without its control characters, because a folder's name or a log may hold some. So does everything here. */
export function line(text: string, style?: Style): void {
  const plain = plainLines(text);
  process.stdout.write(`${style ? styleText(style, plain) : plain}\n`);
}

export function row(label: string, text: string): void {
  process.stdout.write(`${styleText('bold', label.padEnd(11))}${plainText(text)}\n`);
}

/** Clears the status line of a terminal, so that a row can take its place. */
export function clearStatus(): void {
  if (isTerminal) process.stdout.write(CLEAR_LINE);
}

/** Rewrites the last line of a terminal. A log gets a line of its own each time. */
export function showStatus(text: string): void {
  const plain = plainText(text);
  // A line that wraps cannot be cleared, so a narrow terminal sees its beginning.
  const fits = plain.slice(0, Math.max(1, (process.stdout.columns || Infinity) - 1));
  process.stdout.write(
    isTerminal
      ? `${CLEAR_LINE}${fits}`
      : `${plain}
`,
  );
}

export function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${styleText('red', plainLines(message), { stream: process.stderr })}\n`);
}

/** Prints a line in the place of the status line. */
export function note(text: string): void {
  clearStatus();
  line(text);
}

/** Prints an error in the place of the status line. */
export function alarm(text: string): void {
  clearStatus();
  fail(text);
}
