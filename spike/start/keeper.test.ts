import { expect, test } from 'playwright/test';
import { NEEDS_A_PERSON } from '../exit-code.ts';
import { backOff, Keeper, type KeeperOptions, type Running } from './keeper.ts';

/** A program whose end the test decides. */
class FakeProgram implements Running {
  readonly pid = -1;
  readonly ended: Promise<number>;
  end: (code: number) => void = () => {};
  stopped = 0;

  constructor() {
    this.ended = new Promise((resolve) => (this.end = resolve));
  }

  stop(): Promise<void> {
    this.stopped++;
    this.end(0);
    return Promise.resolve();
  }
}

function keep(options: Partial<KeeperOptions> = {}) {
  const first = new FakeProgram();
  const started: FakeProgram[] = [first];
  const lines: string[] = [];
  const keeper = new Keeper(first, {
    name: 'The thinker',
    log: 'thinker.log',
    start() {
      const next = new FakeProgram();
      started.push(next);
      return next;
    },
    say: (line) => lines.push(line),
    waitMs: () => 1,
    ...options,
  });
  return { keeper, started, lines };
}

for (const [code, reason] of [
  [0, 'exit code 0'],
  [1, 'exit code 1'],
  [137, 'SIGKILL'],
  [143, 'SIGTERM'],
] as const)
  test(`starts again what ended with ${reason}, and says so once`, async () => {
    const { keeper, started, lines } = keep();
    expect(keeper.isUp).toBe(true);
    started[0]?.end(code);
    await expect.poll(() => started.length).toBe(2);
    await expect.poll(() => keeper.isUp).toBe(true);
    expect(lines).toEqual([`The thinker ended (${reason}) and starts again in 0.001 s; see thinker.log.`]);
    await keeper.stop();
    expect(started[1]?.stopped).toBe(1);
    expect(lines).toHaveLength(1);
  });

test('waits twice as long each time, up to a minute', () => {
  expect([1, 2, 3, 6, 7, 50].map(backOff)).toEqual([1_000, 2_000, 4_000, 32_000, 60_000, 60_000]);
});

test('counts the failures in a row', async () => {
  const counts: number[] = [];
  const { keeper, started } = keep({ waitMs: (failures) => counts.push(failures) });
  for (let life = 0; life < 3; life++) {
    await expect.poll(() => started.length).toBe(life + 1);
    started[life]?.end(1);
  }
  await expect.poll(() => counts).toEqual([1, 2, 3]);
  await keeper.stop();
});

test('a program that is stopped is not started again', async () => {
  const { keeper, started, lines } = keep();
  await keeper.stop();
  await keeper.stop();
  expect([started.length, lines]).toEqual([1, []]);
  expect(keeper.isUp).toBe(false);
});

test('what fails to start is tried again, with its reason in one line', async () => {
  let attempts = 0;
  const second = new FakeProgram();
  const { keeper, started, lines } = keep({
    start() {
      if (++attempts < 3) throw new Error('It did not come up:\n  disk is full');
      return second;
    },
  });
  started[0]?.end(1);
  await expect.poll(() => keeper.isUp).toBe(true);
  expect(lines.slice(1)).toEqual(
    Array(2).fill(
      'The thinker did not start (It did not come up: disk is full) and starts again in 0.001 s; see thinker.log.',
    ),
  );
  await keeper.stop();
  expect(second.stopped).toBe(1);
});

test('a stop ends the wait at once', async () => {
  const { keeper, started, lines } = keep({ waitMs: () => 60_000 });
  started[0]?.end(1);
  await expect.poll(() => lines.length).toBe(1);
  await keeper.stop();
  expect(started).toHaveLength(1);
});

test('a stop ends what is about to start', async () => {
  const late = new FakeProgram();
  let isAsked = false;
  const { keeper, started } = keep({
    start: (signal) => {
      isAsked = true;
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(late)));
    },
  });
  started[0]?.end(1);
  await expect.poll(() => isAsked).toBe(true);
  await keeper.stop();
  expect(late.stopped).toBe(1);
});

test('does not start again what needs a person first', async () => {
  const { keeper, started, lines } = keep();
  started[0]?.end(NEEDS_A_PERSON);
  await expect
    .poll(() => lines)
    .toEqual(['The thinker stopped, and starts again with the next npm start; see thinker.log.']);
  expect(started).toHaveLength(1);
  await keeper.stop();
});

test('a killed program starts again after the first wait, however often it is killed', async () => {
  const { spawn } = await import('node:child_process');
  const lines: string[] = [];
  const start = (): Running => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { detached: true, stdio: 'ignore' });
    const ended = new Promise<number>((resolve) => child.once('exit', () => resolve(137)));
    return { pid: child.pid!, ended, stop: async () => void (child.kill('SIGKILL'), await ended) };
  };
  const waits: number[] = [];
  const waitMs = (failures: number) => (waits.push(failures), 1);
  const keeper = new Keeper(start(), {
    name: 'The thinker',
    log: 'log',
    start,
    say: (line) => lines.push(line),
    waitMs,
  });
  for (let kill = 1; kill <= 3; kill++) {
    keeper.kill();
    await expect.poll(() => waits.length).toBe(kill);
    await expect.poll(() => keeper.isUp).toBe(true);
  }
  await keeper.stop();
  expect(waits).toEqual([1, 1, 1]);
});
