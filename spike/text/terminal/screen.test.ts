import fc from 'fast-check';
import { expect, test } from 'playwright/test';
import { Screen } from './screen.ts';
import { FakeTerminal, WIDTHS } from './terminal.fixture.ts';

const LEFT = '\u001b[D';
const HOME = '\u001b[H';
const LONG = 'say The quick brown fox jumps over the lazy dog, and then sleeps until the tide comes in.';

// A machine without a terminal may call it dumb, and no screen is drawn on that.
process.env['TERM'] = 'xterm';

/** A screen that reads commands, as the client does once it has entered a world. */
async function open(columns: number, rows = 24, widths = WIDTHS['old'], complete: string[] = []) {
  const terminal = new FakeTerminal(columns, rows, widths);
  const { input, output } = terminal;
  const screen = new Screen({ complete: () => complete, history: ['look'], interrupt: () => {}, input, output });
  const read: string[] = [];
  const reading = (async () => {
    for await (const line of screen.lines()) read.push(line);
  })();
  await terminal.settled();
  return { terminal, screen, read, reading };
}

const newsIn = (terminal: FakeTerminal) => terminal.lines().filter((line) => line.startsWith('news '));

for (const columns of [20, 40, 80]) {
  test(`news stay on a terminal of ${columns} columns while a line that wraps is typed`, async () => {
    const { terminal, screen, read } = await open(columns);
    for (const [at, letter] of [...LONG].entries()) {
      await terminal.type(letter);
      if (at % 7 === 0) screen.print(`news ${at}`);
    }
    await terminal.settled();
    expect(newsIn(terminal)).toEqual([...LONG].flatMap((_, at) => (at % 7 === 0 ? [`news ${at}`] : [])));
    await terminal.type('\r');
    expect(read).toEqual([LONG]);
  });
}

test('news stay while the cursor is in the middle of a line that wraps, and the cursor stays too', async () => {
  const { terminal, screen } = await open(40);
  screen.print('news 1');
  await terminal.type(LONG);
  await terminal.type(LEFT.repeat(60));
  for (const number of [2, 3, 4]) screen.print(`news ${number}`);
  await terminal.type('X');
  expect(newsIn(terminal)).toEqual(['news 1', 'news 2', 'news 3', 'news 4']);
  expect(terminal.beforeCursor()).toBe(`> ${LONG.slice(0, -60)}X`.slice(0, 39));
});

test('news stay while a line higher than the screen is typed, and the rows at the cursor are shown', async () => {
  const { terminal, screen, read } = await open(20, 5);
  screen.print('news 1');
  await terminal.type(LONG.repeat(4));
  screen.print('news 2');
  await terminal.type(HOME);
  screen.print('news 3');
  await terminal.type('X');
  expect(terminal.beforeCursor()).toBe('> X');
  expect(newsIn(terminal)).toEqual(['news 1', 'news 2', 'news 3']);
  await terminal.type('\r');
  expect(read).toEqual([`X${LONG.repeat(4)}`]);
});

test('a line that was sent stays on the screen as a whole', async () => {
  const { terminal } = await open(20, 5);
  await terminal.type(`${LONG}\r`);
  expect(terminal.lines().join('')).toContain(`> ${LONG}`);
});

const letters = ['a', ' ', 'é', 'e\u0301', '界', '한', '😀', '👩‍👩‍👧', '🇸🇪', '❤️', '1️⃣', 'สั', 'क्षि', 'م'];
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 30 })
      .map((typed) => ({ typed: typed.join('') })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(LEFT, LEFT.repeat(9), HOME, '\u001b[F', '\u007f', '\u0015', '\u000c', '\u001b[A')
      .map((typed) => ({ typed })),
  },
  { weight: 6, arbitrary: fc.constant({ news: true }) },
  { weight: 1, arbitrary: fc.record({ columns: fc.constantFrom(10, 13, 40, 80), rows: fc.constantFrom(3, 6, 24) }) },
);

for (const [kind, widths] of Object.entries(WIDTHS)) {
  test(`nothing printed is lost, whatever is typed and however it is resized, with ${kind} widths`, async () => {
    const run = async (steps: ({ typed: string } | { news: boolean } | { columns: number; rows: number })[]) => {
      const { terminal, screen } = await open(40, 10, widths);
      let printed = 0;
      for (const each of steps) {
        if ('typed' in each) await terminal.type(each.typed.replaceAll('\u000c', ''));
        else if ('columns' in each) await terminal.resize(each.columns, each.rows);
        else screen.print(`news ${++printed}`);
      }
      await terminal.settled();
      expect(newsIn(terminal)).toEqual(Array.from({ length: printed }, (_, at) => `news ${at + 1}`));
      screen.close();
    };
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40 }), run), { numRuns: 30 });
  });
}

test('Tab completes a word, and shows the choice where there is one', async () => {
  const { terminal, read } = await open(40, 10, WIDTHS['old'], ['Mira', 'Merrin', 'market']);
  await terminal.type('ask mi\t');
  await terminal.type(' hello\r');
  await terminal.type('m\t');
  expect(read).toEqual(['ask Mira hello']);
  expect(terminal.lines()).toContain('Mira  Merrin  market');
});

test('control characters of other people do not reach the terminal', async () => {
  const { terminal, screen } = await open(80);
  screen.print('\u001b[2J\u001b[31mboo\u202e\r', 'cyan');
  await terminal.settled();
  expect(terminal.lines()).toContain('\\u{1b}[2J\\u{1b}[31mboo\\u{202e}\\r');
});

test('a question is asked before the first command, and the arrow keys bring lines back', async () => {
  const terminal = new FakeTerminal(40, 10);
  const { input, output } = terminal;
  const screen = new Screen({ complete: () => [], history: ['look'], interrupt: () => {}, input, output });
  const answer = screen.question('What are you called? ');
  await terminal.type('Nils\r');
  expect(await answer).toBe('Nils');
  const next = screen.lines().next();
  await terminal.type('\u001b[A\u001b[A');
  expect(terminal.beforeCursor()).toBe('> look');
  await terminal.type('\r');
  expect((await next).value).toBe('look');
  expect(terminal.lines()).toContain('What are you called? Nils');
});
