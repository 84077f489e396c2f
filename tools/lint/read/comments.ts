/** One comment of a program, without its marks: Markdown, as our comments are. */
export interface Comment {
  /** The line that its text begins on. */
  line: number;
  text: string;
}

/** A program, taken apart. Comments next to code stay with the code. */
export interface Program {
  comments: Comment[];
  /** The other lines, where messages and test titles are. */
  code: { line: number; words: string }[];
}

/** `//`, `///` or `//!`. Lines with different marks are different comments. */
const LINE_COMMENT = /^\s*(?<mark>\/\/[/!]?)(?: (?<text>.*)|$)/;
const BLOCK_BEGIN = /^\s*\/\*+(?!\/)/;
const BLOCK_END = /\s*\*+\/\s*$/;
/** The asterisk that a block comment has at the beginning of each line. */
const BLOCK_MARK = /^\s*\* ?/;

/** Splits a program in a language with the comments of C. */
export function readProgram(text: string): Program {
  const program: Program = { comments: [], code: [] };
  let open: { mark: string; line: number; lines: string[] } | undefined;
  const close = () => {
    if (open) program.comments.push({ line: open.line, text: open.lines.join('\n') });
    open = undefined;
  };
  for (const [index, words] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    if (open?.mark === '*' || BLOCK_BEGIN.test(words)) {
      if (open?.mark !== '*') close();
      open ??= { mark: '*', line, lines: [] };
      const mark = open.line === line ? BLOCK_BEGIN : BLOCK_MARK;
      open.lines.push(words.replace(BLOCK_END, '').replace(mark, '').trimEnd());
      if (BLOCK_END.test(words)) close();
      continue;
    }
    const { mark, text: comment = '' } = LINE_COMMENT.exec(words)?.groups ?? {};
    if (mark !== open?.mark) close();
    if (mark) {
      open ??= { mark, line, lines: [] };
      open.lines.push(comment);
    } else program.code.push({ line, words });
  }
  close();
  return program;
}
