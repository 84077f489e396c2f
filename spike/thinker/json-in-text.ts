/**
 * Marks around a model's reasoning, in the forms that models and their servers use. A draft in there is not the answer.
 * A server may put the opening mark into the prompt, so that the text begins in the middle of the reasoning.
 */
const NAMES = '(?:\\w{1,20}:)?(?:think|thinking|thoughts?|reasoning|reflection|analysis|scratchpad)';
const REASONING: [opening: RegExp, closing: RegExp][] = [
  [new RegExp(`<${NAMES}(?: [^<>]{0,80})?>`, 'iy'), new RegExp(`</${NAMES}>`, 'iy')],
  [/<\|START_THINKING\|>/y, /<\|END_THINKING\|>/y],
  [/<\|begin_of_thought\|>/y, /<\|end_of_thought\|>/y],
  [/\[THINK\]/y, /\[\/THINK\]/y],
  [/◁think▷/y, /◁\/think▷/y],
  [/<\|channel\|>(?:analysis|commentary)/y, /<\|channel\|>final/y],
];
const OBJECT = /\{\s*["}]/y;
/** A text of brackets alone would otherwise take time that grows with the square of its length. */
const MOST_STEPS = 4_000_000;

/**
 * The JSON objects that stand in a model's text, in their order, without those in its reasoning. What stands around them
 * does not matter: prose, fences, marks, arrays. An object inside another is not listed.
 */
export function objectsIn(text: string): unknown[] {
  const whole = parse(text);
  // JSON within a text of JSON.
  if (typeof whole === 'string') return objectsIn(whole);
  const found: unknown[] = [];
  let steps = 0;
  let reasoning: RegExp | undefined;
  for (let at = 0; at < text.length && steps < MOST_STEPS; at++, steps++) {
    if (reasoning) {
      if (startsWith(reasoning, text, at)) reasoning = undefined;
      continue;
    }
    if (startsWith(OBJECT, text, at)) {
      const end = endOf(text, at);
      steps += (end ?? text.length) - at;
      const object = end === undefined ? undefined : parse(text.slice(at, end));
      if (end === undefined || object === undefined) continue;
      found.push(object);
      at = end - 1;
      continue;
    }
    reasoning = REASONING.find(([opening]) => startsWith(opening, text, at))?.[1];
    // What came before a closing mark without an opening one was reasoning too.
    if (!reasoning && REASONING.some(([, closing]) => startsWith(closing, text, at))) found.length = 0;
  }
  return found;
}

/** @param pattern sticky */
function startsWith(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** Where the object that begins at `start` ends, or undefined where it does not. */
function endOf(text: string, start: number): number | undefined {
  let depth = 0;
  let isQuoted = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (isQuoted && character === '\\') at++;
    else if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at + 1;
  }
  return undefined;
}

/** Reads JSON, and what models write most often in its place: a line break in a text, a comma too many, a comment. */
function parse(text: string): unknown {
  for (const form of [text, repaired(text)])
    try {
      return JSON.parse(form);
    } catch {
      // The next form may be JSON.
    }
  return undefined;
}

function repaired(text: string): string {
  const plain = text.replaceAll(/"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*.*?\*\//gs, (part) =>
    part.startsWith('/') ? ' ' : part.replaceAll(/[\u0000-\u001f]/g, (control) => JSON.stringify(control).slice(1, -1)),
  );
  return plain.replaceAll(/"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])/gs, (part) => (part === ',' ? '' : part));
}
