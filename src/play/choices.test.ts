import { expect, test } from 'playwright/test';
import { readCommand } from '../../spike/text/command.ts';
import type { View } from '../../spike/text/view.ts';
import { choicesAt, choicesWith, type Choice } from './choices.ts';

interface Around {
  directions?: string[];
  stallGoods?: string[];
  ownGoods?: string[];
}

const viewOf = ({ directions = ['north'], stallGoods, ownGoods = [] }: Around) =>
  ({ directions: () => directions, stallGoods: () => stallGoods, ownGoods: () => ownGoods }) as unknown as View;

const labels = (around: Around) =>
  choicesAt(viewOf(around)).map(({ name, choices }) => `${name}: ${choices.map(({ label }) => label).join(', ')}`);

test('the buttons are what one can do here, and a group without buttons is left out', () => {
  expect(labels({ directions: ['north', 'up the steps'] })).toContain('Go: north, up the steps');
  expect(labels({ directions: [] }).some((each) => each.startsWith('Go'))).toBe(false);
  expect(labels({}).some((each) => each.startsWith('Stall'))).toBe(false);
  expect(labels({ stallGoods: ['salt', 'rope'], ownGoods: ['fish'] })).toContain(
    'Stall: What it has, Buy 1 salt, Buy 1 rope, Sell 1 fish',
  );
});

test('somebody who is played cannot be asked, and everybody else can', () => {
  const asks = (isPlayer: boolean) => choicesWith('Odo', isPlayer).filter(({ line }) => line.startsWith('ask'));
  expect(asks(true)).toEqual([]);
  expect(asks(false).length).toBeGreaterThan(2);
});

test('every button says a command that the text client understands, for names with spaces too', () => {
  const around = viewOf({ directions: ['north', 'up the steps'], stallGoods: ['salt'], ownGoods: ['fish'] });
  const choices: Choice[] = [
    ...choicesAt(around).flatMap((group) => group.choices),
    ...choicesWith('Old Odo', false),
    ...choicesWith('Nils', true),
  ];
  const finished = choices.map(({ line, begins }) => (begins ? `${line}What is the news?` : line));
  for (const line of finished) {
    const command = readCommand(line, ['north', 'up the steps']);
    expect(command.verb, line).not.toBe('unknown');
  }
  expect(readCommand(`${choicesWith('Old Odo', false)[0]?.line}`, [])).toMatchObject({ verb: 'ask' });
});
