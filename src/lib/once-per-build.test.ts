import { expect, test } from 'playwright/test';
import { oncePerBuild } from './once-per-build.ts';

test('reads each folder once', () => {
  const asked: string[] = [];
  const read = oncePerBuild((root) => {
    asked.push(root);
    return { root };
  });
  expect(read('a')).toBe(read('a'));
  expect(read('b')).toEqual({ root: 'b' });
  expect(asked).toEqual(['a', 'b']);
});
