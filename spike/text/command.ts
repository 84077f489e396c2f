/** A command of the player, with its arguments. */
export type Command =
  | { verb: 'look' | 'who' | 'inventory' | 'trade' | 'help' | 'quit' }
  | { verb: 'go'; direction: string }
  | { verb: 'say'; words: string }
  | { verb: 'give'; quantity: number; good: string; to: string }
  | { verb: 'buy' | 'sell'; quantity: number; good: string; gold: number | undefined }
  | { verb: 'watch'; name: string }
  | { verb: 'ask'; rest: string }
  | { verb: 'unknown'; message: string };

export const VERBS = [
  'look',
  'go',
  'say',
  'who',
  'give',
  'buy',
  'sell',
  'trade',
  'inventory',
  'watch',
  'ask',
  'help',
  'quit',
];
const SHORT: Record<string, string> = {
  l: 'look',
  i: 'inventory',
  inv: 'inventory',
  q: 'quit',
  exit: 'quit',
  '?': 'help',
};

/**
 * Reads one line.
 * @param directions where an exit leads from here; one of them alone, or the beginning of just one, is a way to go
 */
export function readCommand(line: string, directions: readonly string[]): Command {
  const text = line.trim();
  if (text.startsWith("'")) return { verb: 'say', words: text.slice(1).trim() };
  const [first = '', ...others] = text.split(/\s+/);
  const verb = SHORT[first.toLowerCase()] ?? first.toLowerCase();
  const rest = others.join(' ');
  const way = directionOf(text, directions);
  switch (verb) {
    case 'look':
    case 'who':
    case 'inventory':
    case 'trade':
    case 'help':
    case 'quit':
      return { verb };
    case 'go':
      return rest
        ? { verb, direction: directionOf(rest, directions) ?? rest }
        : unknown('Go where? `look` names the exits.');
    case 'say':
      return { verb, words: rest };
    case 'ask':
      return { verb, rest };
    case 'watch':
      return rest ? { verb, name: rest } : unknown('Watch whom? `watch NAME`, and `watch off` ends it.');
    case 'give':
      return give(rest);
    case 'buy':
    case 'sell':
      return deal(verb, rest);
    default:
      return way ? { verb: 'go', direction: way } : unknown(`There is no \`${first}\`. ${nearest(verb)}`);
  }
}

function give(rest: string): Command {
  const { quantity, good, to } =
    /^(?:(?<quantity>\d{1,10})\s+)?(?<good>.+?)\s+to\s+(?<to>.+)$/i.exec(rest)?.groups ?? {};
  if (!good || !to) return unknown('Give what to whom? `give 2 salt to Mira`.');
  return { verb: 'give', quantity: Number(quantity ?? 1), good, to };
}

function deal(verb: 'buy' | 'sell', rest: string): Command {
  const { quantity, good, gold } =
    /^(?:(?<quantity>\d{1,10})\s+)?(?<good>.+?)(?:\s+for\s+(?<gold>\d{1,10}))?$/i.exec(rest)?.groups ?? {};
  if (!good) return unknown(`What? \`${verb} 2 salt\`, or \`${verb} 2 salt for 12\`.`);
  return { verb, quantity: Number(quantity ?? 1), good, gold: gold === undefined ? undefined : Number(gold) };
}

function directionOf(text: string, directions: readonly string[]): string | undefined {
  const wanted = text.toLowerCase();
  const exact = directions.find((direction) => direction.toLowerCase() === wanted);
  const begun = directions.filter((direction) => wanted !== '' && direction.toLowerCase().startsWith(wanted));
  return exact ?? (begun.length === 1 ? begun[0] : undefined);
}

function unknown(message: string): Command {
  return { verb: 'unknown', message };
}

/** Suggests the verb that differs in the fewest letters. */
function nearest(wrong: string): string {
  const [best] = VERBS.map((verb) => ({ verb, far: distance(wrong, verb) })).sort((a, b) => a.far - b.far);
  return best && best.far <= Math.min(2, wrong.length - 2)
    ? `Do you mean \`${best.verb}\`?`
    : '`help` lists the commands.';
}

/** Levenshtein's. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row[other.length] ?? 0;
}
