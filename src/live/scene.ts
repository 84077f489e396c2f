import type { Exit, Habit, Happening, MindMode, News, Place, Queue, Tick } from './news.ts';
import { Thoughts } from './thoughts.ts';

/** What the plots show. */
export const SPAN_MS = 60_000;
const MOST_EVENTS = 200;

/** The world as the page knows it: the sum of the news. Views read it, and nothing else changes it. */
export class Scene {
  /** Rises with each new world. */
  era = 0;
  name = '';
  /** Where newcomers begin. */
  start = 0;
  places: Place[] = [];
  exits: Exit[] = [];
  /** The place of each agent. */
  readonly agents = new Map<number, number>();
  /** The stop of its route that each agent last reached. */
  readonly steps = new Map<number, number>();
  readonly names = new Map<number, string>();
  readonly habits = new Map<number, Habit>();
  readonly goods = new Map<number, string>();
  /** By holder and good, how much of it. */
  readonly purses = new Map<number, Map<number, number>>();
  /** Outlives a reconnect: it has its own news of what to forget. */
  readonly thoughts = new Thoughts();
  /** Of the last minute, oldest first. */
  readonly ticks: Tick[] = [];
  /** Open requests over the last minute, oldest first. */
  readonly open: { atMs: number; value: number }[] = [];
  queue: Queue | undefined;
  minds: { mode: MindMode; callsPerMinute: number } | undefined;
  /** Since when the minds have been set so, by the world's clock, oldest first. */
  readonly phases: { mode: MindMode; fromMs: number }[] = [];
  /** Why the clock stands still; empty while it runs. */
  pause = '';
  /** The latest, oldest first. */
  readonly events: Happening[] = [];

  /** The world's time: when its last tick ran. */
  get now(): number {
    return this.ticks.at(-1)?.atMs ?? 0;
  }

  take(news: News): void {
    switch (news.kind) {
      case 'world':
        this.era++;
        Object.assign(this, { name: news.name, start: news.start, places: news.places, exits: news.exits });
        this.#forget();
        break;
      case 'agent':
        this.agents.set(news.id, news.place);
        this.steps.set(news.id, news.step);
        break;
      case 'gone':
        this.agents.delete(news.id);
        this.steps.delete(news.id);
        break;
      case 'name':
        this.names.set(news.agent, news.name);
        break;
      case 'routine':
        this.habits.set(news.agent, news);
        break;
      case 'good':
        this.goods.set(news.id, news.name);
        break;
      case 'holding':
        this.#purseOf(news.holder).set(news.good, news.quantity);
        break;
      case 'thoughts':
        if (news.anew) this.thoughts.clear();
        this.thoughts.add(news.steps);
        break;
      case 'tick':
        this.ticks.push(news);
        for (const series of [this.ticks, this.open]) {
          while (series[0] && series[0].atMs < news.atMs - SPAN_MS) series.shift();
        }
        break;
      case 'queue':
        this.queue = news;
        this.open.push({ atMs: this.now, value: news.pending + news.leased });
        break;
      case 'minds':
        if (this.minds?.mode !== news.mode) this.phases.push({ mode: news.mode, fromMs: this.minds ? this.now : 0 });
        this.minds = news;
        break;
      case 'pause':
        this.pause = news.reason;
        break;
      case 'event':
        this.events.push(news.event);
        if (this.events.length > MOST_EVENTS) this.events.shift();
    }
  }

  nameOf(agent: number): string {
    return this.names.get(agent) ?? `agent ${agent}`;
  }

  placeName(place: number): string {
    return this.places.find(({ id }) => id === place)?.name ?? 'another region';
  }

  #forget(): void {
    for (const known of [this.agents, this.steps, this.names, this.habits, this.goods, this.purses]) known.clear();
    for (const known of [this.ticks, this.open, this.events, this.phases]) known.length = 0;
    this.queue = this.minds = undefined;
    this.pause = '';
  }

  #purseOf(holder: number): Map<number, number> {
    const purse = this.purses.get(holder) ?? new Map<number, number>();
    this.purses.set(holder, purse);
    return purse;
  }
}
