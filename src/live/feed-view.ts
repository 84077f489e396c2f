import { phraseOf } from '../../spike/client/sentence.ts';
import { causeOf } from './cause.ts';
import { moments } from './moments.ts';
import type { Happening } from './news.ts';
import { part, text } from './dom.ts';
import type { Scene } from './scene.ts';

const MOST = 60;

/** What was decided in the whole world, newest first. */
export class FeedView {
  readonly #list = part('feed');
  readonly #empty = part('feed-empty');
  #era = -1;
  #last = 0;

  show(scene: Scene): void {
    if (scene.era !== this.#era) {
      this.#era = scene.era;
      this.#last = 0;
      this.#list.replaceChildren();
    }
    const fresh = scene.events.filter(({ id }) => id > this.#last).slice(-MOST);
    if (fresh.length === 0) return;
    this.#last = fresh.at(-1)?.id ?? this.#last;
    this.#list.prepend(...fresh.reverse().map((event) => item(event, scene)));
    while (this.#list.children.length > MOST) this.#list.lastElementChild?.remove();
    this.#empty.hidden = true;
  }
}

function item(event: Happening, scene: Scene): HTMLLIElement {
  const line = document.createElement('li');
  const said = document.createElement('span');
  const { who, does } = phraseOf(event, scene);
  said.append(text('strong', who), ' ', text('bdi', does), ' ');
  const where = text('span', scene.places.find(({ id }) => id === event.place)?.name ?? '');
  where.className = 'where';
  const cause = document.createElement('details');
  cause.append(text('summary', 'why'));
  // The owner learns the life of a thought a moment after its event.
  cause.addEventListener('toggle', () => {
    cause.querySelector('p')?.remove();
    if (cause.open) cause.append(text('p', `${causeOf(event, (agent) => scene.nameOf(agent), scene.thoughts)}.`));
  });
  said.append(where, cause);
  line.append(text('time', moments.format(event.atMs)), said);
  return line;
}
