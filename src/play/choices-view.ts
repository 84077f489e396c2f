import type { View } from '../../spike/text/view.ts';
import { part, text } from '../live/dom.ts';
import { choicesAt, choicesNowhere, choicesWith, type Choice, type Group } from './choices.ts';

export interface ChoicesOptions {
  say: (line: string) => void;
  begin: (line: string) => void;
}

/** The buttons for what one can do here and now. They are replaced only where they differ, so that none jumps away. */
export class ChoicesView {
  readonly #options: ChoicesOptions;
  readonly #box = part('choices');
  readonly #people = part<HTMLSelectElement>('people');
  readonly #deeds = part('deeds');
  #shown = '';
  #listed = '';
  #deedsOf = '';
  #view: View | undefined;

  constructor(options: ChoicesOptions) {
    this.#options = options;
    this.#people.addEventListener('change', () => this.#showDeeds());
  }

  /** @param view what is around the player; nothing is between two regions, or without a connection */
  show(view: View | undefined): void {
    this.#view = view;
    const groups = view ? choicesAt(view) : choicesNowhere();
    const shown = JSON.stringify(groups);
    if (shown !== this.#shown) {
      this.#shown = shown;
      const focused = document.activeElement?.textContent;
      const hadFocus = this.#box.contains(document.activeElement);
      this.#box.replaceChildren(...groups.map((group) => this.#group(group)));
      if (hadFocus) this.#focus(focused ?? '');
    }
    this.#showPeople(view);
  }

  #showPeople(view: View | undefined): void {
    const here = (view?.here() ?? [])
      .map(({ id }) => ({ id, name: view?.nameOf(id) ?? '' }))
      .sort((a, b) => a.id - b.id);
    const listed = JSON.stringify(here);
    if (listed === this.#listed) return;
    this.#listed = listed;
    const { value } = this.#people;
    const options = here.map(({ id, name }) => Object.assign(text('option', name), { value: String(id) }));
    const nobody = Object.assign(text('option', here.length > 0 ? 'choose …' : 'nobody'), { value: '' });
    this.#people.replaceChildren(nobody, ...options);
    this.#people.value = here.some(({ id }) => String(id) === value) ? value : '';
    this.#showDeeds();
  }

  #showDeeds(): void {
    const { value } = this.#people;
    if (value === this.#deedsOf) return;
    this.#deedsOf = value;
    const person = this.#view?.people().find(({ id }) => value !== '' && id === Number(value));
    const choices = person ? choicesWith(person.name, person.isPlayer) : [];
    this.#deeds.replaceChildren(...choices.map((choice) => this.#button(choice)));
  }

  #group({ name, choices }: Group): HTMLElement {
    const [group, row] = [document.createElement('div'), document.createElement('div')];
    const heading = text('h3', name);
    heading.id = `choices-${name.toLowerCase()}`;
    [group.className, row.className, group.role] = ['group', 'row', 'group'];
    group.setAttribute('aria-labelledby', heading.id);
    row.append(...choices.map((choice) => this.#button(choice)));
    group.append(heading, row);
    return group;
  }

  #button({ label, line, begins }: Choice): HTMLButtonElement {
    const button = text('button', label);
    Object.assign(button, { type: 'button', className: 'button' });
    button.addEventListener('click', () => (begins ? this.#options.begin(line) : this.#options.say(line)));
    return button;
  }

  /** Keeps the place of a reader who goes by keyboard, or goes to the first button. */
  #focus(label: string): void {
    const buttons = [...this.#box.querySelectorAll('button')];
    (buttons.find(({ textContent }) => textContent === label) ?? buttons[0])?.focus();
  }
}
