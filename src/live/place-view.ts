import { sentenceOf } from '../../spike/client/sentence.ts';
import { moments } from './moments.ts';
import { part, text, write } from './part.ts';
import type { Scene } from './scene.ts';

const MOST_NAMES = 24;
const MOST_EVENTS = 6;

/** One place: who is here, and what was said and done here. */
export class PlaceView {
  readonly #name = part('place-name');
  readonly #description = part('place-description');
  readonly #here = part('place-here');
  readonly #events = part('place-events');
  #shown = '';

  show(scene: Scene, chosen: number): void {
    const place = scene.places.find(({ id }) => id === chosen);
    write(this.#name, place?.name ?? '');
    write(this.#description, place?.description ?? '');
    const here = [...scene.agents].filter(([, at]) => at === chosen).map(([agent]) => scene.nameOf(agent));
    const names = here.slice(0, MOST_NAMES).join(', ');
    const more = here.length > MOST_NAMES ? ` and ${here.length - MOST_NAMES} more` : '';
    write(this.#here, names ? `${names}${more}` : 'Nobody.');

    const events = scene.events.filter((event) => event.place === chosen).slice(-MOST_EVENTS);
    const shown = [scene.era, chosen, ...events.map(({ id }) => id)].join();
    if (shown === this.#shown) return;
    this.#shown = shown;
    const items = events.reverse().map((event) => {
      const item = document.createElement('li');
      item.append(text('time', moments.format(event.atMs)), ` ${sentenceOf(event, scene)}`);
      return item;
    });
    this.#events.replaceChildren(...(items.length > 0 ? items : [text('li', 'Nothing yet.')]));
  }
}
