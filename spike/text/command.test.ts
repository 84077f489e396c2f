import { expect, test } from 'playwright/test';
import { readCommand } from './command.ts';

const read = (line: string) => readCommand(line, ['north', 'south', 'up the steps']);

test('reads a line as a verb with its arguments', () => {
  expect(read('say Good day.')).toEqual({ verb: 'say', words: 'Good day.' });
  expect(read("'Good day.")).toEqual({ verb: 'say', words: 'Good day.' });
  expect(read('give 2 salt to Old Hob')).toEqual({ verb: 'give', quantity: 2, good: 'salt', to: 'Old Hob' });
  expect(read('give salt to Mira')).toMatchObject({ quantity: 1 });
  expect(read('buy 2 salt for 12')).toEqual({ verb: 'buy', quantity: 2, good: 'salt', gold: 12 });
  expect(read('sell salt')).toEqual({ verb: 'sell', quantity: 1, good: 'salt', gold: undefined });
  expect(read('I')).toEqual({ verb: 'inventory' });
});

test('reads a direction, or the unique beginning of one, as a way to go', () => {
  for (const line of ['north', 'n', 'go n', 'GO north']) expect(read(line)).toEqual({ verb: 'go', direction: 'north' });
  expect(read('up')).toEqual({ verb: 'go', direction: 'up the steps' });
  expect(read('go west')).toEqual({ verb: 'go', direction: 'west' });
});

test('suggests a command for an unknown one', () => {
  expect(read('lok')).toEqual({ verb: 'unknown', message: 'There is no `lok`. Do you mean `look`?' });
  expect(read('abracadabra')).toMatchObject({ message: 'There is no `abracadabra`. `help` lists the commands.' });
  expect(read('give salt')).toEqual({ verb: 'unknown', message: 'Give what to whom? `give 2 salt to Mira`.' });
});
