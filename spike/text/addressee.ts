import { Rejected } from './calls.ts';

/** Somebody whom a command may name. */
export interface Person {
  id: number;
  name: string;
  /** Whether a player leads them: they answer for themselves. */
  isPlayer: boolean;
}

/** The form in which names are compared: capitals, and how a letter with a mark is composed, do not count. */
export function nameKey(name: string): string {
  return name.normalize('NFC').replaceAll('’', "'").toLowerCase();
}

/** A name in straight or curly quotes, and what follows. */
const QUOTED = /^["“„«]([^"”“»]*)["”“»][\s,:]*(.*)$/s;

/** The name without the quotes around it, if it has any. */
export function unquoted(name: string): string {
  const [, inside, after] = QUOTED.exec(name) ?? [];
  return inside === undefined || after ? name : inside;
}

/**
 * Finds who is asked, and what. A name may have several words; quotes end it for certain.
 * @throws Rejected when nobody of that name can be asked, or more than one person fits
 */
export function readQuestion(rest: string, people: Person[]): { agent: number; question: string } {
  const fitting = asked(rest, people);
  const minds = fitting.filter(({ person }) => !person.isPlayer);
  const [only, ...others] = minds;
  if (only && others.length > 0) {
    const names = minds.map(({ person }) => person.name).sort((a, b) => a.length - b.length);
    throw new Rejected(`${names.join(' and ')} both fit: put the name in quotes, as in \`ask "${names[0]}" …\``);
  }
  if (only) return { agent: only.person.id, question: only.question };
  const [player] = fitting;
  if (player) throw new Rejected(`players answer for themselves: \`say\` it where ${player.person.name} is`);
  throw new Error('Ask whom, and what? For example: `ask Mira what do you make of the strangers?`');
}

function asked(rest: string, people: Person[]): { person: Person; question: string }[] {
  const [, inside, after] = QUOTED.exec(rest) ?? [];
  if (inside !== undefined) {
    const person = people.find(({ name }) => nameKey(name) === nameKey(inside.trim()));
    if (!person) throw new Rejected(`nobody is called ${inside}`);
    return after ? [{ person, question: after }] : [];
  }
  const words = rest.split(/\s+/);
  return words.slice(0, -1).flatMap((_, at) => {
    const name = words
      .slice(0, at + 1)
      .join(' ')
      .replace(/[,:]$/, '');
    const person = people.find((each) => nameKey(each.name) === nameKey(name));
    return person ? [{ person, question: words.slice(at + 1).join(' ') }] : [];
  });
}
