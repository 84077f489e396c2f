import { expect, test } from 'playwright/test';
import { passagesOf } from '../read/passages.ts';
import { englishIsPlain } from './plain-english.ts';

const find = (words: string) => englishIsPlain([{ file: 'a.ts', line: 3, words }]);

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

test('a document is read without its code and its marked examples, and code as a whole', () => {
  const document = '# A\n\nA `beside` b.\n\n<!-- prose:off -->\n\nA beside b.\n\n<!-- prose:on -->\n\nC beside d.\n';
  expect(englishIsPlain(passagesOf('a.md', document)).map(({ line }) => line)).toEqual([11]);
  expect(englishIsPlain(passagesOf('a.rs', 'let a = 1; // beside b\n'))).toHaveLength(1);
});
