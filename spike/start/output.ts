import { styleText } from 'node:util';

const CLEAR_LINE = '\r\x1b[2K';

export const isTerminal = process.stdout.isTTY;

export function line(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function row(label: string, text: string): void {
  line(`${styleText('bold', label.padEnd(11))}${text}`);
}

/** Clears the status line of a terminal, so that a row can take its place. */
export function clearStatus(): void {
  if (isTerminal) process.stdout.write(CLEAR_LINE);
}

/** Rewrites the last line of a terminal. A log gets a line of its own each time. */
export function showStatus(text: string): void {
  process.stdout.write(isTerminal ? `${CLEAR_LINE}${text}` : `${text}\n`);
}

export function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${styleText('red', message, { stream: process.stderr })}\n`);
}
