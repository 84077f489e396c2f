import { sentenceOf } from '../../spike/client/sentence.ts';
import { part, text, write } from './dom.ts';
import { moments } from './moments.ts';
import { PeopleList } from './people-list.ts';
import type { Scene } from './scene.ts';

const MOST_NAMES = 24;
const MOST_EVENTS = 6;

/** One place: who is here, and what was said and done here. */
export class PlaceView {
  readonly #name = part('place-name');
  readonly #description = part('place-description');
  readonly #more = part('place-more');
  readonly #people: PeopleList;
  readonly #events = part('place-events');
  #listed = '';
  #shown = '';

  constructor(onPick: (agent: number) => void) {
    this.#people = new PeopleList({ list: part('place-people'), onPick });
  }

  show(scene: Scene, chosen: number, picked: number | undefined): void {
    const place = scene.places.find(({ id }) => id === chosen);
    write(this.#name, place?.name ?? '');
    write(this.#description, place?.description ?? '');
    this.#showPeople(scene, chosen, picked);

    const events = scene.events.filter((event) => event.place === chosen).slice(-MOST_EVENTS);
    const shown = [scene.era, chosen, ...events.map(({ id }) => id)].join();
    if (shown === this.#shown) return;
    this.#shown = shown;
    const items = events.reverse().map((event) => {
      const item = document.createElement('li');
      item.append(text('time', moments.format(event.atMs)), ' ', text('bdi', sentenceOf(event, scene)));
      return item;
    });
    this.#events.replaceChildren(...(items.length > 0 ? items : [text('li', 'Nothing yet.')]));
  }

  #showPeople(scene: Scene, chosen: number, picked: number | undefined): void {
    const listed = `${scene.era} ${chosen}`;
    if (listed !== this.#listed) this.#people.clear();
    this.#listed = listed;
    const here = [...scene.agents].flatMap(([agent, at]) => (at === chosen ? [agent] : []));
    this.#people.show(here.slice(0, MOST_NAMES), (agent) => scene.nameOf(agent), picked);
    const more = here.length > MOST_NAMES ? `and ${here.length - MOST_NAMES} more` : '';
    write(this.#more, here.length > 0 ? more : 'Nobody.');
  }
}
