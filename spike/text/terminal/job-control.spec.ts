import { expect, test } from '../../fixture.ts';
import { hasTerminals, isAlive, openShell, type Shell } from '../../shell.fixture.ts';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const CTRL_Z = '\u001a';
const QUESTION = 'What are you called? ';
const PLAY = 'npm run -s play -- --url http://127.0.0.1:9\n';

test.skip(!hasTerminals, 'this machine has no `script` and `ps`, with which a test uses a terminal');

let shell: Shell;
test.beforeEach(() => (shell = openShell()));
test.afterEach(() => shell.hangUp());

const counts = (text: string) => shell.output().split(text).length - 1;
const seen = (text: string, times = 1) =>
  expect.poll(() => counts(text), { timeout: 30_000 }).toBeGreaterThanOrEqual(times);

/** Waits for the shell's prompt, and proves that the shell reads the terminal again, in lines. */
async function shellAnswers(number: number): Promise<void> {
  await expect.poll(shell.output, { timeout: 30_000 }).toMatch(/SHELL\$ $/);
  shell.type(`echo $((${number} * 1000 + 7)); stty -a | grep -c -- '-icanon'\n`);
  await seen(`\n${number}007\r\n0\r\n`);
}

test('Ctrl-Z gives the terminal back to the shell, and fg goes on with the line, as often as one likes', async () => {
  shell.type(PLAY);
  await seen(QUESTION);
  shell.type('Nils');
  await seen('Nils');
  for (const round of [1, 2, 3]) {
    shell.type(CTRL_Z);
    await seen('Stopped', round);
    await shellAnswers(round);
    const before = counts(`${QUESTION}Nils`);
    shell.type('fg\n');
    await seen(`${QUESTION}Nils`, before + 1);
  }
  // Raw mode is back: a letter is seen once, drawn by the client, and Backspace takes it away.
  shell.type('X\u007fon');
  await seen(`${QUESTION}Nilson`);
  shell.type(CTRL_C);
  await shellAnswers(9);
  expect(shell.processes()).toHaveLength(1);
});

for (const [key, name] of [
  [CTRL_C, 'Ctrl-C'],
  [CTRL_D, 'Ctrl-D'],
] as const) {
  test(`${name} ends the client and gives the terminal back`, async () => {
    shell.type(PLAY);
    await seen(QUESTION);
    shell.type(key);
    await shellAnswers(5);
    expect(shell.processes()).toHaveLength(1);
  });
}

for (const stopped of [false, true]) {
  test(`no process stays when the terminal is closed${stopped ? ' while the client is stopped' : ''}`, async () => {
    shell.type(PLAY);
    await seen(QUESTION);
    if (stopped) {
      shell.type(CTRL_Z);
      await seen('Stopped');
    }
    const processes = shell.processes();
    expect(processes.length).toBeGreaterThan(2);
    await shell.hangUp();
    await expect.poll(() => processes.filter(isAlive), { timeout: 10_000 }).toEqual([]);
  });
}
