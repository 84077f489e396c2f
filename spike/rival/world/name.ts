import { Refusal } from './refusal.ts';
import type { World } from './state.ts';

/** Words that sentences and commands use for people; a name may not begin with one of them either. */
const PRONOUNS =
  'all, anybody, anyone, everybody, everyone, no one, nobody, none, somebody, someone, the world, you, yourself'.split(
    ', ',
  );
/** Words that a client reads as a command, and those who seem to speak for the world. */
const RESERVED =
  'admin, administrator, agent, ask, buy, error, exit, give, go, help, host, inventory, look, me, moderator, myself, narrator, off, owner, player, quit, say, self, sell, server, spellkave, system, the narrator, trade, treasury, wait, watch, who, world'.split(
    ', ',
  );
/** Scripts whose letters look alike, and which no name mixes. */
const SCRIPTS = { Latin: /\p{Script=Latin}/u, Cyrillic: /\p{Script=Cyrillic}/u, Greek: /\p{Script=Greek}/u };

/**
 * Reads a name in any script. The module also rejects letters that look alike within a script (Unicode UTS #39); no
 * maintained package offers that for Node, so this server does not.
 * @returns the name in Unicode's normal form C, with a straight apostrophe
 * @throws Refusal when it is invalid, taken, or would be taken for another name or word of the world
 */
export function newName(world: World, typed: string): string {
  const name = typed.normalize('NFC').replaceAll('\u2019', "'");
  const length = [...name].length;
  if (length < 2 || length > 24) throw new Refusal(`a name has 2 to 24 characters, not ${length}`);
  const odd = /[^\p{L}\p{M}\p{Nd} '\-·]/u.exec(name)?.[0];
  if (odd !== undefined)
    throw new Refusal(`a name cannot hold '${odd}': use letters, digits, spaces, hyphens and apostrophes`);
  if (!/^\p{L}/u.test(name) || /\s$|\s\s/.test(name))
    throw new Refusal('a name begins with a letter, and its spaces stand alone between words');
  const cut = name.split(/[ -]/).find((word) => !/[\p{L}\p{M}\p{Nd}]$/u.test(word));
  if (cut !== undefined) throw new Refusal(`a word of a name ends in a letter or a digit, and "${cut}" does not`);
  const mixed = Object.entries(SCRIPTS).flatMap(([script, letters]) => (letters.test(name) ? [script] : []));
  if (mixed.length > 1) throw new Refusal(`the name ${name} mixes ${mixed.join(' and ')} letters: use one script`);
  checkFree(world, name);
  return name;
}

function checkFree({ geography, handles, names }: World, name: string): void {
  const handle = name.toLowerCase();
  const { places, exits } = geography.map;
  if (handles.has(handle)) throw new Refusal(`somebody is called ${name} already: choose another name`);
  const kinds: [kind: string, words: readonly string[]][] = [
    ['place', places.map((place) => place.name)],
    ['good', geography.goods],
    ['direction', exits.map(({ direction }) => direction)],
  ];
  for (const [kind, words] of kinds) {
    const other = words.find((word) => word.toLowerCase() === handle);
    if (other) throw new Refusal(`${name} would be taken for the ${kind} ${other}: choose another name`);
  }
  if (PRONOUNS.includes(handle) || RESERVED.includes(handle))
    throw new Refusal(`${name} would be taken for the word "${handle}": choose another name`);
  for (const beginning of beginnings(handle)) {
    const somebody = handles.get(beginning);
    if (somebody !== undefined)
      throw new Refusal(
        `${name} begins with the name of ${names[somebody]}, and commands could not tell them apart: use ${name.replaceAll(' ', '-')}`,
      );
    if (PRONOUNS.includes(beginning))
      throw new Refusal(`${name} begins with the word "${beginning}": choose another name`);
  }
  if (/^agent \d/.test(handle))
    throw new Refusal(`${name} would be taken for the number of an agent: use ${name.replaceAll(' ', '-')}`);
  const longer = names.find((other) => beginnings(other.toLowerCase()).includes(handle));
  if (longer)
    throw new Refusal(
      `${longer} lives here, and begins with ${name}, so commands could not tell you apart: add a word or a letter`,
    );
}

/** The name without its last word, without its last two words, and so on. */
function beginnings(name: string): string[] {
  const words = name.split(' ');
  return words.slice(1).map((_, index) => words.slice(0, index + 1).join(' '));
}
