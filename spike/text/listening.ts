import type { DbConnection } from '../client/bindings/index.ts';
import { AWAY } from '../client/world-constants.ts';
import type { RegionSide } from './region-side.ts';
import type { Regions } from './regions.ts';
import type { View } from './view.ts';

/** What a line tells: words, something else that happened, who comes and goes, or what the player has done. */
export type NewsKind = 'speech' | 'news' | 'faint' | 'own';

export interface ListeningOptions {
  regions: () => Regions;
  viewOf: (side: RegionSide) => View | undefined;
  /** Called for each line of news. */
  hear: (line: string, kind: NewsKind) => void;
  /** Something around the player, or in their hands, may have changed. Called for every change of the world. */
  onChange?: (() => void) | undefined;
}

/** The journey itself tells these of the player, and a newcomer knows that they arrived. */
const OWN_JOURNEY = ['arrive', 'leave', 'turn_back'];

/** Turns the changes of every region into the lines that one player hears. */
export class Listening {
  /** Whom the player follows from afar. */
  watched: number | undefined;
  /** How many questions each agent was asked and has not answered. */
  readonly #asked = new Map<number, number>();
  readonly #options: ListeningOptions;

  constructor(options: ListeningOptions) {
    this.#options = options;
  }

  /** Questions without an answer so far. */
  get openQuestions(): number {
    return [...this.#asked.values()].reduce((sum, count) => sum + count, 0);
  }

  asks(agent: number): void {
    this.#asked.set(agent, (this.#asked.get(agent) ?? 0) + 1);
  }

  wire(db: DbConnection, side: RegionSide): void {
    this.#wireEvents(db, side);
    this.#wireSteps(db, side);
    const { onChange } = this.#options;
    if (!onChange) return;
    const { agent, holding } = db.db;
    for (const table of [agent, holding]) {
      table.onInsert(onChange);
      table.onUpdate(onChange);
      table.onDelete(onChange);
    }
  }

  #wireEvents({ db: { event, pauseNotice } }: DbConnection, side: RegionSide): void {
    const { regions, viewOf, hear } = this.#options;
    event.onInsert((context, row) => {
      const view = viewOf(side);
      // Rows that were there before the player came are not news.
      if (context.event.tag === 'SubscribeApplied' || !view) return;
      const { me } = regions();
      if (row.object === me && row.request > 0n) this.#answered(row.subject);
      if (row.subject === me && OWN_JOURNEY.includes(row.kind)) return;
      const line = view.sees(row, this.watched);
      if (line !== undefined) hear(this.#placed(line, side), row.kind === 'say' ? 'speech' : 'news');
    });
    const world = () => (regions().areSeveral ? side.title : 'The world');
    // Told on arrival too: a world that stands still looks broken otherwise.
    pauseNotice.onInsert((_context, { reason }) => hear(`${world()} stands still: ${reason}.`, 'news'));
    pauseNotice.onDelete((context) => {
      if (context.event.tag === 'Reducer') hear(`${world()} goes on.`, 'news');
    });
  }

  #wireSteps({ db: { agent } }: DbConnection, side: RegionSide): void {
    const { regions, viewOf, hear } = this.#options;
    agent.onUpdate((_context, before, { id, place }) => {
      const view = viewOf(side);
      if (!view || before.place === place || id === regions().me) return;
      if (place === AWAY) this.#left(id, view);
      // Events tell who crosses a border.
      if (place === AWAY || before.place === AWAY) return;
      const name = view.nameOf(id);
      if (id === this.watched)
        hear(
          this.#placed(`${name} goes from ${view.placeName(before.place)} to ${view.placeName(place)}.`, side),
          'news',
        );
      else if (before.place === view.place) hear(`${name} leaves for ${view.placeName(place)}.`, 'faint');
      else if (place === view.place) hear(`${name} comes from ${view.placeName(before.place)}.`, 'faint');
    });
  }

  /** A line from another region than the player's says where it comes from. */
  #placed(line: string, side: RegionSide): string {
    const { areSeveral, home } = this.#options.regions();
    return areSeveral && home !== side ? `In ${side.title}, ${line}` : line;
  }

  #answered(agent: number): void {
    const left = (this.#asked.get(agent) ?? 0) - 1;
    if (left > 0) this.#asked.set(agent, left);
    else this.#asked.delete(agent);
  }

  /** Somebody who owes an answer has left for another region. Leaving may itself be what their mind decided. */
  #left(agent: number, view: View): void {
    const { name, to } = { name: view.nameOf(agent), to: view.destinationOf(agent) };
    queueMicrotask(() => {
      if (this.#asked.delete(agent))
        this.#options.hear(`${name} leaves for ${to} and has not answered your question.`, 'news');
    });
  }
}
