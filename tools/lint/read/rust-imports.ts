/** A path of this crate that a file names, from the crate's root: `['core', 'agent', 'Agent']`. */
export interface Import {
  line: number;
  path: string[];
}

/** The modules that the file itself is: `core/agent.rs` is `['core', 'agent']`, and `lib.rs` is the root, `[]`. */
export function moduleOf(file: string): string[] {
  return file
    .replace(/\.rs$/, '')
    .split('/')
    .filter((part, index, parts) => index < parts.length - 1 || (part !== 'mod' && part !== 'lib'));
}

/**
 * Every path into this crate that a Rust file names, in `use` or in code: `crate::…`, `super::…` and `self::…`, with
 * nested braces. Code under `#[cfg(test)]` is left out: a test may use anything.
 */
export function importsOf(file: string, text: string): Import[] {
  const tokens = tokensOf(text);
  const own = moduleOf(file);
  const imports: Import[] = [];
  /** What each open brace belongs to: the name of an inline module, or nothing. */
  const open: (string | undefined)[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const { word, line } = tokens[at]!;
    const next = tokens[at + 1]?.word;
    if (word === '#[cfg(test)]') at = endOfItem(tokens, at + 1);
    else if (word === '{') open.push(tokens[at - 2]?.word === 'mod' ? tokens[at - 1]?.word : undefined);
    else if (word === '}') open.pop();
    else if (['crate', 'super', 'self'].includes(word) && next === '::') {
      const here = [...own, ...open.filter((name) => name !== undefined)];
      const { paths, end } = tree(tokens, at);
      imports.push(...paths.map((path) => ({ line, path: resolve(path, here) })));
      at = end - 1;
    }
  }
  return imports;
}

interface Token {
  word: string;
  line: number;
}

/** Words, `::` and the punctuation that matters; comments, strings and characters are dropped. */
function tokensOf(text: string): Token[] {
  const token =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|b?r(#*)"[\s\S]*?"\1|"(?:\\[\s\S]|[^"\\])*"|'(?:\\.[^']*|[^'\\\n])'|#\[cfg\(test\)\]|\w+|::|[{}(),;*]/g;
  const tokens: Token[] = [];
  let [line, from] = [1, 0];
  for (const { 0: word, index } of text.matchAll(token)) {
    line += text.slice(from, index).split('\n').length - 1;
    from = index;
    if (!/^(\/[/*]|b?r?#*"|')/.test(word)) tokens.push({ word, line });
  }
  return tokens;
}

/** Reads `a::{b, c::d}` from `at`: its paths, and where it ends. */
function tree(tokens: Token[], at: number): { paths: string[][]; end: number } {
  const path: string[] = [];
  for (;;) {
    const word = tokens[at]?.word ?? '';
    if (word === '{') {
      const inner = branches(tokens, at + 1);
      return { paths: inner.paths.map((rest) => [...path, ...rest]), end: inner.end };
    }
    path.push(word);
    if (tokens[at + 1]?.word !== '::') return { paths: [path], end: at + 1 };
    at += 2;
  }
}

function branches(tokens: Token[], at: number): { paths: string[][]; end: number } {
  const paths: string[][] = [];
  while (at < tokens.length && tokens[at]!.word !== '}') {
    if (tokens[at]!.word === ',') at++;
    else if (tokens[at]!.word === 'as') at += 2;
    else {
      const branch = tree(tokens, at);
      paths.push(...branch.paths);
      at = branch.end;
    }
  }
  return { paths, end: at + 1 };
}

function resolve([first, ...rest]: string[], here: string[]): string[] {
  if (first === 'crate') return rest;
  const up = first === 'super' ? here.slice(0, -1) : here;
  return rest[0] === 'super' ? resolve(rest, up) : [...up, ...rest];
}

/** Where the item that begins at `at` ends: at its `;`, or at the brace that closes it. */
function endOfItem(tokens: Token[], at: number): number {
  let depth = 0;
  for (; at < tokens.length; at++) {
    const { word } = tokens[at]!;
    if (word === '{') depth++;
    if (word === '}' && --depth === 0) return at;
    if (word === ';' && depth === 0) return at;
  }
  return at;
}
