/**
 * Scripts whose letters join, or whose vowels and conjuncts a joiner selects. Their writers type U+200C and U+200D; in
 * other scripts a joiner is only an invisible difference between two texts that look the same.
 */
const JOINED = [
  ...['Adlm', 'Arab', 'Mand', 'Mong', 'Nkoo', 'Phag', 'Rohg', 'Syrc'],
  ...['Bali', 'Beng', 'Cakm', 'Deva', 'Gran', 'Gujr', 'Guru', 'Java', 'Khmr', 'Knda', 'Mlym', 'Mtei', 'Mymr', 'Newa'],
  ...['Orya', 'Saur', 'Sinh', 'Sund', 'Taml', 'Telu', 'Tibt', 'Tirh'],
];
/** Scripts that put no space between words, so that U+200B marks where a line may end. */
const UNSPACED = ['Khmr', 'Laoo', 'Mymr', 'Thai', 'Tibt'];
/** Scripts written from right to left: next to their letters a direction mark can do no more than the letters do. */
const LEFTWARD = ['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa'];
const inScripts = (scripts: string[]) => `[${scripts.map((script) => String.raw`\p{scx=${script}}`).join('')}]`;

const PICTURE = String.raw`(?:\p{RGI_Emoji_Tag_Sequence}|[\p{Extended_Pictographic}&&[^\p{ASCII}]]\p{EMod}?[\uFE0E\uFE0F]?)`;
/** Sequences in which a character that shows nothing by itself changes what people see. */
const LEGITIMATE = [
  String.raw`${PICTURE}(?:\u200D${PICTURE})*`,
  String.raw`[\p{Emoji}\p{S}][\uFE0E\uFE0F]`,
  String.raw`[\p{Lo}\p{S}\p{P}][\uFE00-\uFE0D]`,
  String.raw`\p{Ideographic}[\u{E0100}-\u{E01EF}]`,
  String.raw`(?<=\p{sc=Mong})[\u180B-\u180F]`,
  String.raw`(?<=[${inScripts(JOINED)}&&[\p{L}\p{M}]])[\u200C\u200D]`,
  String.raw`(?<=[${inScripts(UNSPACED)}&&[\p{L}\p{M}]])\u200B(?=${inScripts(UNSPACED)})`,
  String.raw`(?<=[${inScripts(LEFTWARD)}&&[\p{L}\p{M}]]\p{P}?)[\u200E\u200F\u061C]`,
].join('|');
/** What moves the cursor, colours, ends a line, turns the direction, shows nothing, or is half a character. */
const HARMFUL = String.raw`[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]`;
const EITHER = new RegExp(`(${LEGITIMATE})|${HARMFUL}`, 'gv');
const EACH_HARMFUL = new RegExp(HARMFUL, 'gv');

const SHORT: Record<string, string> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` };

/**
 * Somebody else's text, safe in one line of a terminal, a log or a page. A character that would act, hide or reorder
 * becomes a visible escape: `\n`, `\u{1b}`, `\u{202e}`. What people write stays as it is, joiners of emoji and of
 * Persian or Indic words included.
 */
export function plainText(text: string): string {
  return text.replace(EITHER, (found, legitimate?: string) => legitimate ?? escaped(found));
}

/** As `plainText`, but a line feed still ends a line: for text that a program wrote, such as the end of a log. */
export function plainLines(text: string): string {
  return text.split(/\r?\n/).map(plainText).join('\n');
}

/** JSON in one line, in which the same characters are escaped as JSON does. Parsed, it is the same value. */
export function plainJson(value: unknown): string {
  const units = (found: string) => [...Array(found.length).keys()].map((at) => found.charCodeAt(at));
  return JSON.stringify(value).replace(EACH_HARMFUL, (found) =>
    units(found)
      .map((unit) => String.raw`\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

function escaped(character: string): string {
  return SHORT[character] ?? String.raw`\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
