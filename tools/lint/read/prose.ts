/** A line of a record that people read as text. */
export interface ProseLine {
  text: string;
  line: number;
  kind: 'text' | 'item' | 'heading' | 'table';
}

const FENCE = /^\s*(?:```|~~~)/;

/** The lines of Markdown outside front matter and code, without the empty ones. */
export function proseOf(markdown: string): ProseLine[] {
  const lines = markdown.split('\n');
  const start = lines[0] === '---' ? lines.indexOf('---', 1) + 1 : 0;
  let inCode = false;
  return lines.flatMap((text, index): ProseLine[] => {
    const fence = FENCE.test(text);
    if (fence) inCode = !inCode;
    if (fence || inCode || index < start || !text.trim()) return [];
    return [{ text, line: index + 1, kind: kindOf(text) }];
  });
}

/** What a reader sees of a line: the words of its links, and nothing of its code. */
export function wordsOf(text: string): string {
  return text.replace(/`[^`]*`/g, '`code`').replace(/\]\([^)]*\)/g, ']');
}

function kindOf(text: string): ProseLine['kind'] {
  if (/^#{1,6} /.test(text)) return 'heading';
  if (/^\s*\|/.test(text)) return 'table';
  return /^\s*(?:[-*]|\d+\.)\s/.test(text) ? 'item' : 'text';
}
