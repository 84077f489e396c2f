import { part, write } from './dom.ts';

const STATES = {
  connecting: { shape: '◌', word: 'Connecting' },
  live: { shape: '●', word: 'Live:' },
  lost: { shape: '✕', word: 'Connection lost:' },
  recording: { shape: '○', word: 'A recording.' },
};
export type LiveState = keyof typeof STATES;

/** Says what the page shows, a living world or a recorded one, and offers what the reader can do about it. */
export class Banner {
  readonly #box = part('state');
  readonly #shape = part('state-shape');
  readonly #word = part('state-word');
  readonly #says = part('state-says');
  readonly #recorded = part('recorded');
  readonly #button = part<HTMLButtonElement>('connect');
  state: LiveState = 'connecting';

  constructor(onConnect: () => void) {
    this.#button.addEventListener('click', onConnect);
  }

  /** @param offer what the button says; without it there is none */
  show(state: LiveState, says: string, offer = ''): void {
    this.state = state;
    this.#box.dataset['live'] = state;
    write(this.#shape, STATES[state].shape);
    write(this.#word, STATES[state].word);
    write(this.#says, says);
    write(this.#button, offer);
    this.#button.hidden = !offer;
    this.#recorded.hidden = state !== 'recording';
  }

  /** Says which recording it is. */
  name(recorded: string): void {
    write(this.#recorded, recorded);
  }
}
