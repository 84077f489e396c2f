import { expect, test } from 'playwright/test';
import { passagesOf } from '../read/passages.ts';
import { englishIsPlain } from './plain-english.ts';

const find = (words: string) => englishIsPlain([{ file: 'a.ts', line: 3, words }]);
const linesOf = (file: string, text: string) => englishIsPlain(passagesOf(file, text)).map(({ line }) => line);

for (const words of [
  'nothing is no quantity',
  'a stale result is no result',
  'It reads the lease, which is none.',
  'Whoever subscribes sees it.',
  'It fails, be it slow or fast.',
  'It waits for ever.',
  'Every refusal is told at once.',
  'The chip stands beside the sentence.',
  'There was never such a one.',
  'The control came out whole.',
]) {
  test(`rejects "${words}"`, () => {
    expect(find(words)).toEqual([expect.objectContaining({ file: 'a.ts', line: 3 })]);
  });
}

for (const words of [
  'There is no backup.',
  'there are no rows',
  'It is no longer served.',
  'Rust was no slower than C#.',
  'Besides, it is forever the next one.',
  'The answer is "no".',
  'A mind is told its place.',
]) {
  test(`accepts "${words}"`, () => {
    expect(find(words)).toEqual([]);
  });
}

test('a document is read without its code and its marked examples', () => {
  const document = '# A\n\nA `beside` b.\n\n<!-- prose:off -->\n\nA beside b.\n\n<!-- prose:on -->\n\nC beside d.\n';
  expect(linesOf('a.md', document)).toEqual([11]);
});

test('a comment is read as Markdown, so code in it is left out, and the code next to it line by line', () => {
  const doc = ['/**', ' * A `beside` b.', ' *', ' * ```ts', ' * a beside b', ' * ```', ' *', ' * C beside d.', ' */'];
  expect(linesOf('a.ts', doc.join('\n'))).toEqual([8]);
  expect(linesOf('a.rs', '/// A `beside` b\nlet a = 1; // c beside d\nlog("e beside f");\n')).toEqual([2, 3]);
});

test('a pattern is found over the end of a line, and where it begins', () => {
  expect(linesOf('a.md', 'Nothing\nis\nno quantity.\n')).toEqual([2]);
  expect(linesOf('a.rs', 'fn a() {\n    // It waits for\n    // ever. The mind waits for\n    // ever.\n}\n')).toEqual([
    2, 3,
  ]);
});

test('what ends with a line does not go on in the next one', () => {
  expect(linesOf('a.md', '## It waits for\never.\n\n- It waits for\n- ever\n')).toEqual([]);
});
