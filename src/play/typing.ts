import { shared, type Completion } from '../../spike/text/completion.ts';

export interface TypingOptions {
  form: HTMLFormElement;
  input: HTMLInputElement;
  /** Gets a button for each word that fits. */
  offers: HTMLElement;
  complete: (line: string) => Completion;
  say: (line: string) => void;
}

const MOST_OFFERS = 8;

/** The line that the player types: its history, and what fits next, as buttons and by Tab. */
export class Typing {
  readonly #options: TypingOptions;
  readonly #history: string[] = [];
  /** Which line of the history is shown; its length is the new line. */
  #at = 0;

  constructor(options: TypingOptions) {
    this.#options = options;
    const { form, input } = options;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send();
    });
    input.addEventListener('input', () => this.offer());
    input.addEventListener('keydown', (event) => this.#onKey(event));
  }

  /** Puts the beginning of a command where the player can go on with it. */
  begin(line: string): void {
    const { input } = this.#options;
    input.value = line;
    input.focus();
    this.offer();
  }

  /** Shows what fits now. */
  offer(): void {
    const { input, offers, complete } = this.#options;
    const completion = complete(input.value);
    const fitting = input.value
      ? completion.fitting.filter((each) => each !== completion.word).slice(0, MOST_OFFERS)
      : [];
    const known = [...offers.children].map((each) => each.textContent);
    if (known.join('\n') === fitting.join('\n')) return;
    offers.replaceChildren(
      ...fitting.map((each) => {
        const button = document.createElement('button');
        Object.assign(button, { type: 'button', className: 'button', textContent: each });
        button.addEventListener('click', () => this.begin(`${filled(input.value, completion, each)} `));
        return button;
      }),
    );
  }

  #send(): void {
    const { input, say } = this.#options;
    const line = input.value.trim();
    if (!line) return;
    if (this.#history.at(-1) !== line) this.#history.push(line);
    this.#at = this.#history.length;
    input.value = '';
    this.offer();
    say(line);
  }

  #onKey(event: KeyboardEvent): void {
    const { input, complete } = this.#options;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step) {
      event.preventDefault();
      this.#at = Math.min(this.#history.length, Math.max(0, this.#at + step));
      input.value = this.#history[this.#at] ?? '';
      this.offer();
    }
    // Tab leaves the input where it would complete nothing, so the keyboard is never caught here.
    if (event.key !== 'Tab' || event.shiftKey || !input.value) return;
    const completion = complete(input.value);
    const only = completion.fitting.length === 1 ? `${completion.fitting[0]} ` : shared(completion);
    const next = filled(input.value, completion, only);
    if (!only || next.trim() === input.value.trim()) return;
    event.preventDefault();
    input.value = next;
    this.offer();
  }
}

function filled(line: string, { word }: Completion, by: string): string {
  return line.slice(0, line.length - word.length) + by;
}
