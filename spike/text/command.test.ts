import { expect, test } from 'playwright/test';
import { readCommand } from './command.ts';

const read = (line: string) => readCommand(line, ['north', 'south', 'up the steps']);

test('a line is a verb with what belongs to it', () => {
  expect(read('say Good day.')).toEqual({ verb: 'say', words: 'Good day.' });
  expect(read("'Good day.")).toEqual({ verb: 'say', words: 'Good day.' });
  expect(read('give 2 salt to Old Hob')).toEqual({ verb: 'give', quantity: 2, good: 'salt', to: 'Old Hob' });
  expect(read('give salt to Mira')).toMatchObject({ quantity: 1 });
  expect(read('buy 2 salt for 12')).toEqual({ verb: 'buy', quantity: 2, good: 'salt', gold: 12 });
  expect(read('sell salt')).toEqual({ verb: 'sell', quantity: 1, good: 'salt', gold: undefined });
  expect(read('I')).toEqual({ verb: 'inventory' });
});

test('a direction, or the beginning of just one, is a way to go', () => {
  for (const line of ['north', 'n', 'go n', 'GO north']) expect(read(line)).toEqual({ verb: 'go', direction: 'north' });
  expect(read('up')).toEqual({ verb: 'go', direction: 'up the steps' });
  expect(read('go west')).toEqual({ verb: 'go', direction: 'west' });
});

test('what is no command says what would be', () => {
  expect(read('lok')).toEqual({ verb: 'unknown', says: 'There is no `lok`. Do you mean `look`?' });
  expect(read('abracadabra')).toMatchObject({ says: 'There is no `abracadabra`. `help` lists what there is.' });
  expect(read('give salt')).toEqual({ verb: 'unknown', says: 'Give what to whom? `give 2 salt to Mira`.' });
});
