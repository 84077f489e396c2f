import { FeedView } from './feed-view.ts';
import { LatenessView } from './lateness-view.ts';
import { MapView } from './map-view.ts';
import { MindModeView } from './mind-mode-view.ts';
import type { MindMode, News } from './news.ts';
import { part, write } from './part.ts';
import { PlaceView } from './place-view.ts';
import { QueueView } from './queue-view.ts';
import { Scene } from './scene.ts';

/** The map shows events up to this age, by the world's time. */
const FRESH_MS = 2_000;
const integer = new Intl.NumberFormat('en-GB');

/** What the reader may do to the minds. */
export interface MindSwitch {
  choose: (mode: MindMode) => void;
  may: () => boolean;
  /** Why the reader may not, or why the last choice failed. */
  why: () => string;
}

/** All that shows a world, and the place that the reader has chosen. */
export class PageView {
  readonly #scene = new Scene();
  readonly #map = new MapView((place) => {
    this.#chosen = place;
    this.paint();
  });
  readonly #views = [new LatenessView(), new QueueView(), new FeedView()];
  readonly #place = new PlaceView();
  readonly #switch: MindSwitch;
  readonly #minds: MindModeView;
  #chosen = -1;
  #painting = false;

  constructor(mindSwitch: MindSwitch) {
    this.#switch = mindSwitch;
    this.#minds = new MindModeView(mindSwitch.choose);
  }

  tell(news: News): void {
    this.#scene.take(news);
    this.#map.take(news);
    if (news.kind === 'world' && !news.places.some(({ id }) => id === this.#chosen)) this.#chosen = news.start;
    if (news.kind === 'event' && news.event.atMs > this.#scene.now - FRESH_MS) this.#map.pulse(news.event.place);
    this.paint();
  }

  /** Shows everything with the next frame, however much arrived until then. */
  paint(): void {
    if (this.#painting) return;
    this.#painting = true;
    requestAnimationFrame(() => {
      this.#painting = false;
      this.#map.show(this.#scene, this.#chosen);
      this.#place.show(this.#scene, this.#chosen);
      for (const view of this.#views) view.show(this.#scene);
      this.#minds.show(this.#scene, this.#switch.may(), this.#switch.why());
      const tick = this.#scene.ticks.at(-1)?.tick;
      write(part('tick'), tick === undefined ? '' : `${this.#scene.name}, tick ${integer.format(tick)}`);
    });
  }
}
