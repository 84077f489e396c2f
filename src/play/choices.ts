import type { View } from '../../spike/text/view.ts';

/** A button: it says a whole command, or begins one that the player goes on with. */
export interface Choice {
  label: string;
  line: string;
  /** The line goes into the input, for the player to finish. */
  begins?: boolean;
}

export interface Group {
  name: string;
  choices: Choice[];
}

/** What an agent can be asked without typing. */
const QUESTIONS = ['What do you make of the strangers?', 'What is the news?', 'What do you need?'];
const GREETINGS = ['Good day.', 'Farewell.'];

/** What one can do here and now without knowing a command. */
export function choicesAt(view: View): Group[] {
  const here: Choice[] = [
    { label: 'Look', line: 'look' },
    { label: 'What I have', line: 'inventory' },
    { label: 'Who plays', line: 'who' },
    { label: 'Help', line: 'help' },
  ];
  const said = GREETINGS.map((words) => ({ label: `“${words}”`, line: `say ${words}` }));
  return [
    { name: 'Go', choices: view.directions().map((direction) => ({ label: direction, line: `go ${direction}` })) },
    { name: 'Here', choices: here },
    { name: 'Say', choices: [...said, { label: 'Say …', line: 'say ', begins: true }] },
    { name: 'Stall', choices: stallAt(view) },
  ].filter(({ choices }) => choices.length > 0);
}

/** What one can do at a border, or while a region does not answer. */
export function choicesNowhere(): Group[] {
  const choices = [
    { label: 'Look', line: 'look' },
    { label: 'Who plays', line: 'who' },
    { label: 'Help', line: 'help' },
  ];
  return [{ name: 'Here', choices }];
}

/** What one can do with somebody who is here. */
export function choicesWith(name: string, isPlayer: boolean): Choice[] {
  const called = /\s/.test(name) ? `"${name}"` : name;
  const asked = QUESTIONS.map((question) => ({ label: `Ask: ${question}`, line: `ask ${called} ${question}` }));
  return [
    ...(isPlayer ? [] : [...asked, { label: 'Ask …', line: `ask ${called} `, begins: true }]),
    { label: 'Give 1 gold', line: `give 1 gold to ${called}` },
    { label: 'Watch', line: `watch ${called}` },
  ];
}

function stallAt(view: View): Choice[] {
  const offered = view.stallGoods();
  if (!offered) return [];
  return [
    { label: 'What it has', line: 'trade' },
    ...offered.map((good) => ({ label: `Buy 1 ${good}`, line: `buy 1 ${good}` })),
    ...view.ownGoods().map((good) => ({ label: `Sell 1 ${good}`, line: `sell 1 ${good}` })),
  ];
}
