import { text, write } from './dom.ts';

export interface PeopleListOptions {
  list: HTMLElement;
  onPick: (agent: number) => void;
}

/**
 * People as buttons. Newcomers come at the end, and who is pointed at or focused stays until that is over: nobody clicks
 * on the wrong person, and no reader loses the focus.
 */
export class PeopleList {
  readonly #options: PeopleListOptions;
  readonly #items = new Map<number, { item: HTMLElement; button: HTMLButtonElement }>();

  constructor(options: PeopleListOptions) {
    this.#options = options;
  }

  /** @param picked whose button is shown as pressed */
  show(people: number[], nameOf: (agent: number) => string, picked: number | undefined): void {
    const here = new Set(people);
    for (const [agent, { item, button }] of this.#items) {
      if (here.has(agent) || button.matches(':hover, :focus')) continue;
      item.remove();
      this.#items.delete(agent);
    }
    for (const agent of people) if (!this.#items.has(agent)) this.#add(agent);
    for (const [agent, { button }] of this.#items) {
      write(button, nameOf(agent));
      const pressed = String(agent === picked);
      if (button.ariaPressed !== pressed) button.ariaPressed = pressed;
    }
  }

  /** Another place: nobody of before is here. */
  clear(): void {
    this.#items.clear();
    this.#options.list.replaceChildren();
  }

  #add(agent: number): void {
    const [item, button] = [document.createElement('li'), text('button', '')];
    Object.assign(button, { type: 'button', className: 'button' });
    button.addEventListener('click', () => this.#options.onPick(agent));
    item.append(button);
    this.#options.list.append(item);
    this.#items.set(agent, { item, button });
  }
}
