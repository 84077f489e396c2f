import { readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { ownFiles } from '../../spike/own-files.ts';

const guide = readFileSync('src/content/docs/guides/move-to-another-host.md', 'utf8');
const place = (words: string) => guide.split('\n').find((line) => line.startsWith(`- ${words}`)) ?? '';

/** The clients. Tests go where their subject goes, and the host's own code has no SDK. */
const sources = ownFiles('.', '{spike,src}/**/*.ts')
  .filter((file) => !/\.(test|spec|fixture)\.ts$|\/bindings\/|^spike\/(host|rival)\//.test(file))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));

test('the guide names every reducer callback, each with its file', () => {
  const list = place('The reducer callbacks');
  const uses = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/\breducers\.(on[A-Z]\w*)\(/g)].map(([, callback = '']) => ({ file, callback })),
  );
  expect(uses.length).toBeGreaterThan(5);
  for (const { file, callback } of uses) {
    // Callbacks of one file stand before its name, up to the file before.
    const [before = ''] = list.split(`\`${file}\``);
    const own = before.slice(before.lastIndexOf('.ts`') + 1);
    expect(list, file).toContain(`\`${file}\``);
    expect(own, `${callback} in ${file}`).toContain(`\`${callback}\``);
  }
});

test('the guide names every file that reads a timestamp by the name that the SDK gives it', () => {
  const list = place('What reads a `Timestamp`');
  const files = sources.flatMap(({ file, text }) => (text.includes('__timestamp_micros') ? [file] : []));
  const named = [...list.matchAll(/`([\w/-]+\.ts)`/g)].map(([, file = '']) => file);
  expect(named.sort()).toEqual(files.sort());
});
