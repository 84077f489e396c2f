import { expect, test } from 'playwright/test';
import { readProgram } from './comments.ts';

test('takes the marks off the lines of a comment, whichever they are', () => {
  const lines = [
    '/**',
    ' * One',
    ' *',
    ' * two.',
    ' */',
    '// Three',
    '// four.',
    '/// Five.',
    '//! Six.',
    '/* Seven. */',
  ];
  expect(readProgram(lines.join('\n')).comments).toEqual([
    { line: 1, text: '\nOne\n\ntwo.\n' },
    { line: 6, text: 'Three\nfour.' },
    { line: 8, text: 'Five.' },
    { line: 9, text: 'Six.' },
    { line: 10, text: ' Seven.' },
  ]);
});

test('code keeps its lines, with the comments at their ends', () => {
  const lines = ['let a = 1; // One.', '  // Two.', "say('three // four');", '//four', ''];
  const { comments, code } = readProgram(lines.join('\r\n'));
  expect(comments).toEqual([{ line: 2, text: 'Two.' }]);
  expect(code.map(({ line }) => line)).toEqual([1, 3, 4, 5]);
});

test('a block comment that nobody closes ends with the file', () => {
  expect(readProgram('/* One\ntwo').comments).toEqual([{ line: 1, text: ' One\ntwo' }]);
});
