import { expect, test } from 'playwright/test';
import { importsPointDown, WORLD } from './module-layers.ts';
import { found } from '../read/project.fixture.ts';
import { readProject } from '../read/project.ts';

const LIB = 'pub mod core;\n\npub mod slow_path;\n\npub mod lab;\nuse crate::slow_path::think;';

const findingsIn = (files: Record<string, string>) =>
  found(importsPointDown, {
    world: Object.entries({ 'lib.rs': LIB, ...files }).map(([path, text]) => ({ path: WORLD + path, text })),
  });

test('accepts the module as it is', () => {
  const { world } = readProject('.');
  expect(world.length).toBeGreaterThan(25);
  expect(importsPointDown({ world })).toEqual([]);
});

test('reports one bad import added to the module as it is', () => {
  const { world } = readProject('.');
  const bad = world.map((source) =>
    source.path === `${WORLD}core/due.rs`
      ? { ...source, text: `use crate::fast_path::tempo;\n${source.text}` }
      : source,
  );
  expect(found(importsPointDown, { world: bad })).toContain(
    `${WORLD}core/due.rs:1: core/due.rs imports fast_path/tempo.rs, which lib.rs lists after it`,
  );
});

for (const [how, code] of [
  ['a plain use', 'use crate::slow_path::think;'],
  ['nested braces', 'use crate::{core::clock, slow_path::{self, think::{ask as inquire, reflect}}};'],
  ['super', 'use super::super::slow_path::think;'],
  ['a path in code', 'fn f() { crate::slow_path::think::ask(); }'],
  ['an inline module', 'mod inner { use super::super::super::slow_path::think; }'],
] as const) {
  test(`finds an import that points up through ${how}`, () => {
    const files = { 'core/agent.rs': code, 'core/clock.rs': '', 'slow_path/mod.rs': '', 'slow_path/think.rs': '' };
    expect(findingsIn(files)).toContain(
      `${WORLD}core/agent.rs:1: core/agent.rs imports slow_path/think.rs, which lib.rs lists after it`,
    );
  });
}

test('finds an import of the crate root', () => {
  expect(findingsIn({ 'core/agent.rs': '\nuse crate::init;' })).toEqual([
    `${WORLD}core/agent.rs:2: core/agent.rs imports lib.rs, which lib.rs lists after it`,
  ]);
});

test('finds a circle within a folder once, with the way round', () => {
  expect(
    findingsIn({
      'core/agent.rs': 'use crate::core::clock;',
      'core/clock.rs': 'use super::event::append;',
      'core/event.rs': 'use crate::core::{agent::Agent, clock};',
    }),
  ).toEqual([
    `${WORLD}core/agent.rs:1: these import each other in a circle: core/agent.rs → core/clock.rs → core/event.rs → core/agent.rs`,
  ]);
});

test('leaves alone comments, strings, tests and imports that point down', () => {
  expect(
    findingsIn({
      'core/agent.rs': [
        '//! See crate::slow_path::think.',
        'const TEXT: &str = "crate::slow_path::think";',
        'const QUOTE: char = \'"\'; const RAW: &str = r#"crate::lab " "#;',
        '#[cfg(test)]\nmod tests { use crate::slow_path::think; fn f() { if true {} } }',
        '#[cfg(test)] use crate::lab;',
      ].join('\n'),
      'slow_path/think.rs': "use crate::core::agent;\nfn f<'a>(x: &'a str) { crate::core::agent::g(x); }",
      'lab.rs': 'use crate::{core::agent, slow_path::think};',
    }),
  ).toEqual([]);
});
