import { part, text, write } from './dom.ts';
import { fittingNames } from './fitting-names.ts';
import type { Scene } from './scene.ts';

const MOST_OFFERS = 12;

/** Finds somebody by name: with a thousand agents no list shows them all. */
export class FindView {
  readonly #input = part<HTMLInputElement>('agent-find');
  readonly #offers = part('agent-names');
  readonly #why = part('agent-find-why');
  readonly #onFind: (agent: number) => void;
  #scene: Scene | undefined;

  constructor({ onFind }: { onFind: (agent: number) => void }) {
    this.#onFind = onFind;
    this.#input.addEventListener('input', () => this.#offer());
    part('agent-finder').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#find();
    });
  }

  show(scene: Scene): void {
    this.#scene = scene;
  }

  focus(): void {
    this.#input.focus();
  }

  #offer(): void {
    write(this.#why, '');
    const fitting = this.#fitting().slice(0, MOST_OFFERS);
    this.#offers.replaceChildren(...fitting.map(({ name }) => Object.assign(text('option', ''), { value: name })));
  }

  #find(): void {
    const [first] = this.#fitting();
    if (!first) return write(this.#why, `Nobody here has a name that begins with “${this.#input.value.trim()}”.`);
    this.#input.value = '';
    this.#offer();
    this.#onFind(first.agent);
  }

  #fitting() {
    return this.#scene ? fittingNames(this.#scene, this.#input.value) : [];
  }
}
