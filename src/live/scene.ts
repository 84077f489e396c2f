import type { Exit, Happening, MindMode, News, Place, Queue, Tick } from './news.ts';

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
  readonly names = new Map<number, string>();
  /** Of the last minute, oldest first. */
  readonly ticks: Tick[] = [];
  /** Open requests over the last minute, oldest first. */
  readonly open: { atMs: number; value: number }[] = [];
  queue: Queue | undefined;
  minds: { mode: MindMode; callsPerMinute: number } | undefined;
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
        for (const known of [this.agents, this.names]) known.clear();
        for (const known of [this.ticks, this.open, this.events]) known.length = 0;
        this.queue = this.minds = undefined;
        break;
      case 'agent':
        this.agents.set(news.id, news.place);
        break;
      case 'name':
        this.names.set(news.agent, news.name);
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
        this.minds = news;
        break;
      case 'event':
        this.events.push(news.event);
        if (this.events.length > MOST_EVENTS) this.events.shift();
    }
  }

  nameOf(agent: number): string {
    return this.names.get(agent) ?? `agent ${agent}`;
  }
}
