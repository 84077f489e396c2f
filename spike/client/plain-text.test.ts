import { expect, test } from 'playwright/test';
import { plainJson, plainLines, plainText } from './plain-text.ts';

const char = (code: number) => String.fromCodePoint(code);
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);
const HARMFUL: [kind: string, codes: number[]][] = [
  ['C0 and DEL', [...range(0, 0x1f), 0x7f]],
  ['C1', range(0x80, 0x9f)],
  ['line separators', [0x2028, 0x2029]],
  [
    'direction marks, overrides and isolates',
    [0x61c, 0x200e, 0x200f, ...range(0x202a, 0x202e), ...range(0x2066, 0x2069)],
  ],
  [
    'invisible characters',
    [0xad, 0x34f, 0x115f, 0x1160, 0x180e, ...range(0x200b, 0x200d), 0x2060, 0x2063, 0x3164, 0xfeff, 0xffa0],
  ],
  ['variation selectors without a base', [0xfe00, 0xfe0f, 0xe0100, 0xe01ef]],
  ['tags, which can carry a hidden text', range(0xe0020, 0xe007f)],
  ['annotations and musical marks', [...range(0xfff9, 0xfffb), 0x1d173]],
  ['halves of a character', [0xd83d, 0xdbff, 0xdc00, 0xdfff]],
];

for (const [kind, codes] of HARMFUL) {
  test(`${kind} become visible escapes`, () => {
    for (const code of codes) {
      const shown = plainText(`a${char(code)}b`);
      expect(shown, code.toString(16)).toMatch(/^a\\(?:[nrt]|u\{[\da-f]+\})b$/);
      if (![0x9, 0xa, 0xd].includes(code)) expect(shown).toBe(`a\\u{${code.toString(16)}}b`);
    }
  });
}

for (const [what, text] of [
  ['Latin with marks', 'Åsa, Zoë, Ða̱wn'],
  ['decomposed marks', 'e\u0301 n\u0303'],
  ['Hebrew', 'שלום, דוד!'],
  ['Hebrew with a direction mark after its punctuation', 'שלום!\u200f (C)'],
  ['Arabic with vowel signs', 'مَرْحَبًا ۝'],
  ['Persian with ZWNJ', 'می\u200cخواهم'],
  ['a Persian abbreviation with ZWJ', '۱۳۸۵ ه\u200d.ش'],
  ['Hindi with ZWJ and ZWNJ', 'क्\u200dष क्\u200cष'],
  ['Bengali with ZWJ', 'র\u200d্যাব'],
  ['a Malayalam word that ends in ZWJ', 'അവന്\u200d'],
  ['Sinhala with ZWJ', 'ශ්\u200dරී'],
  ['Khmer with breaks between words', 'ខ្ញុំ\u200bស្រឡាញ់'],
  ['Thai', 'สมศักดิ์'],
  ['Mongolian with a vowel separator', 'ᠬᠠᠷ\u180eᠠ'],
  ['Chinese with an ideographic variant', '葛\u{e0100}城'],
  ['families and professions', '👨‍👩‍👧‍👦 👩🏽‍🚒 🏳️‍🌈 🏴‍☠️ 👁️‍🗨️ ❤️‍🔥'],
  ['flags', '🇸🇪 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
  ['keycaps and presentation', '1️⃣ #️⃣ ☎︎ ☎️ ©️'],
  ['skin tones', '👍🏿'],
  ['spaces of other widths', 'a\u00a0b\u3000c\u2009d'],
] as const) {
  test(`${what} stays as it was written`, () => {
    expect(plainText(text)).toBe(text);
  });
}

test('a joiner or selector is kept only where it joins or selects', () => {
  expect(plainText('Mi\u200dra')).toBe('Mi\\u{200d}ra');
  expect(plainText('می\u200c\u200cخ')).toBe('می\u200c\\u{200c}خ');
  expect(plainText('👩\u200d')).toBe('👩\\u{200d}');
  expect(plainText('👍\ufe0f\ufe0f')).toBe('👍\ufe0f\\u{fe0f}');
  expect(plainText('a\u200bb')).toBe('a\\u{200b}b');
  expect(plainText('🏴\u{e0078}\u{e0079}\u{e007f}')).toBe('🏴\\u{e0078}\\u{e0079}\\u{e007f}');
});

test('a terminal sequence is shown as letters', () => {
  expect(plainText('\u001b]0;title\u0007\u001b[2J\u009b31m')).toBe('\\u{1b}]0;title\\u{7}\\u{1b}[2J\\u{9b}31m');
  expect(plainText('one\r\ntwo\tthree')).toBe('one\\r\\ntwo\\tthree');
});

test('a text cut in the middle of a character shows the half', () => {
  expect(plainText('ok 😀'.slice(0, -1))).toBe('ok \\u{d83d}');
});

test('lines of a program stay lines', () => {
  expect(plainLines('one\r\n\u001b[1mtwo\n')).toBe('one\n\\u{1b}[1mtwo\n');
});

test('JSON is harmless, and parses to the same value', () => {
  const value = { words: 'a\u202eb\u009b\u200dc 👩‍🚒 🏴󠁧󠁢󠁥󠁮󠁧󠁿' };
  const json = plainJson(value);
  expect(json).toMatch(/^[^\p{Cc}\p{Cf}]*$/u);
  expect(JSON.parse(json)).toEqual(value);
});
