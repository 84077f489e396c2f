import { expect, test } from 'playwright/test';
import { borderLines, linesOf } from './border-lines.ts';

test('comments, empty lines and the tests at the end of a Rust file are not code', () => {
  const rust =
    '//! A border.\n\n/// Doc.\npub fn a() {\n    // why\n    b();\n}\n\n#[cfg(test)]\nmod tests {\n    fn c() {}\n}\n';
  expect(linesOf(rust)).toBe(3);
  expect(linesOf("/**\n * Doc.\n */\nimport a from 'a';\n\na(); // why\n")).toBe(2);
});

test('each part of the border has code, and the module holds its own parts', () => {
  const parts = borderLines('.');
  for (const { label, lines } of parts) expect(lines, label).toBeGreaterThan(50);
  const [steps, core, , whole] = parts.map(({ lines }) => lines);
  expect(whole).toBeGreaterThan((steps ?? 0) + (core ?? 0));
});
