import { AgentView } from './agent-view.ts';
import { part, write } from './dom.ts';
import { FeedView } from './feed-view.ts';
import { LatenessView } from './lateness-view.ts';
import { MapView } from './map-view.ts';
import { MindModeView } from './mind-mode-view.ts';
import type { MindMode, News } from './news.ts';
import { NarrationView } from './narration-view.ts';
import { PlaceView } from './place-view.ts';
import { QueueView } from './queue-view.ts';
import { Scene } from './scene.ts';

/** The map shows events up to this age, by the world's time. */
const FRESH_MS = 2_000;
/** There are six frames from one tick to the next. */
const PARTS_A_FRAME = 2;
const integer = new Intl.NumberFormat('en-GB');

/** What the reader may do to the minds. */
export interface MindSwitch {
  choose: (mode: MindMode) => void;
  may: () => boolean;
  /** Why the reader may not, or why the last choice failed. */
  why: () => string;
}

/** All that shows a world, and the place and the agent that the reader has chosen. */
export class PageView {
  readonly #scene = new Scene();
  readonly #map = new MapView({ onChoose: (place) => this.#choose(place), onPick: (agent) => this.#pick(agent) });
  readonly #place = new PlaceView((agent) => this.#pick(agent));
  readonly #agent = new AgentView({ onPick: (agent) => this.#pick(agent) });
  #chosen = -1;
  #picked: number | undefined;
  readonly #parts: (() => void)[];
  /** What waits to be shown, in the order in which it came. */
  readonly #due = new Set<() => void>();
  #painting = false;

  constructor({ choose, may, why }: MindSwitch) {
    const scene = this.#scene;
    const minds = new MindModeView(choose);
    const views = [new LatenessView(), new QueueView(), new FeedView(), new NarrationView()];
    this.#parts = [
      () => this.#map.show(scene, this.#chosen, this.#picked),
      () => minds.show(scene, may(), why()),
      () => this.#place.show(scene, this.#chosen, this.#picked),
      () => this.#showTick(),
      () => this.#agent.show(scene, this.#picked),
      ...views.map((view) => () => view.show(scene)),
    ];
  }

  tell(news: News): void {
    this.#scene.take(news);
    this.#map.take(news);
    if (news.kind === 'world' && !news.places.some(({ id }) => id === this.#chosen)) this.#chosen = news.start;
    if (news.kind === 'event' && news.event.atMs > this.#scene.now - FRESH_MS) this.#map.pulse(news.event.place);
    this.paint();
  }

  /** Shows everything, however much arrived, over the next frames: a part with each, so that no frame takes long. */
  paint(): void {
    for (const show of this.#parts) this.#due.add(show);
    if (this.#painting) return;
    this.#painting = true;
    requestAnimationFrame(() => this.#paintNext());
  }

  #paintNext(): void {
    const next = [...this.#due].slice(0, PARTS_A_FRAME);
    for (const show of next) {
      this.#due.delete(show);
      show();
    }
    this.#painting = this.#due.size > 0;
    if (this.#painting) requestAnimationFrame(() => this.#paintNext());
  }

  #showTick(): void {
    const tick = this.#scene.ticks.at(-1)?.tick;
    const { name, pause } = this.#scene;
    const stands = pause && `, paused: ${pause}`;
    write(part('tick'), tick === undefined ? '' : `${name}, tick ${integer.format(tick)}${stands}`);
  }

  #choose(place: number): void {
    this.#chosen = place;
    this.paint();
  }

  #pick(agent: number | undefined): void {
    this.#picked = agent;
    if (agent !== undefined) this.#agent.announce(this.#scene, agent);
    this.paint();
  }
}
