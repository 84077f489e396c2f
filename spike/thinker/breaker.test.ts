import { expect, test } from 'playwright/test';
import { Breaker } from './breaker.ts';

/** A breaker with a clock that a test moves, and no chance in its pauses. */
function breaker() {
  const lines: string[] = [];
  const clock = { ms: 0 };
  const subject = new Breaker({ log: (line) => lines.push(line), now: () => clock.ms, random: () => 0 });
  const fail = (times: number) => Array.from({ length: times }, () => subject.failed('connection refused'));
  return { subject, clock, lines, fail };
}

test('two failures in a row change nothing, nor do many with an answer in between', () => {
  const { subject, lines, fail } = breaker();
  for (let round = 0; round < 5; round++) {
    expect(fail(2)).toEqual([true, true]);
    subject.answered();
  }
  fail(2);
  expect([subject.allows(), lines]).toEqual([Infinity, []]);
});

test('after three in a row it pauses, then tries one thought at a time, and says so once', () => {
  const { subject, clock, lines, fail } = breaker();
  fail(3);
  expect(subject.allows()).toBe(0);
  clock.ms = 1_000;
  expect(subject.allows()).toBe(1);
  fail(1);
  expect(subject.allows()).toBe(0);
  expect(lines).toEqual([
    expect.stringMatching(/^the mind failed 3 times in a row \(connection refused\); trying one/),
  ]);
});

test('each pause is longer, up to ten seconds', () => {
  const { subject, clock, fail } = breaker();
  fail(3);
  const pauses = Array.from({ length: 6 }, () => {
    const begun = clock.ms;
    while (subject.allows() === 0) clock.ms += 100;
    fail(1);
    return clock.ms - begun;
  });
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
});

test('thoughts that began before the pause do not lengthen it', () => {
  const { subject, clock, fail } = breaker();
  fail(10);
  clock.ms = 1_000;
  expect(subject.allows()).toBe(1);
});

test('an answer ends the pause, and says after how long', () => {
  const { subject, clock, lines, fail } = breaker();
  fail(3);
  clock.ms = 61_000;
  subject.answered();
  subject.answered();
  expect(subject.allows()).toBe(Infinity);
  expect(lines.slice(1)).toEqual(['the mind answers again, after 61 s']);
  fail(2);
  expect(subject.allows()).toBe(Infinity);
});

test('while it pauses, the same failure again is not news, and another one is', () => {
  const { subject, clock, fail } = breaker();
  fail(3);
  clock.ms = 1_000;
  expect(fail(1)).toEqual([false]);
  expect([subject.failed('401'), subject.failed('401')]).toEqual([true, false]);
});
