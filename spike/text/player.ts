import { Action, type DbConnection } from '../client/bindings/index.ts';
import { connect, type Link, type Status } from '../client/connect.ts';
import type { TokenStore } from '../client/token-store.ts';
import { Calls, Rejected } from './calls.ts';
import type { Command } from './command.ts';
import { View } from './view.ts';

export interface PlayerOptions {
  url: string;
  database: string;
  tokens: TokenStore;
  /** The name to join under, if the world does not know the player yet. */
  name: string;
  /** Called for each line of news. */
  hear: (line: string, kind: 'speech' | 'news' | 'faint') => void;
  onStatus: (status: Status) => void;
}

/**
 * The whole world, because a subscription by place would have to be replaced at each step. A world of many thousands
 * would need that.
 */
const TABLES = ['agent', 'agent_profile', 'place', 'exit', 'good', 'holding', 'stall', 'player', 'world', 'event'];

/** One person in the world: reports what happens around them, and carries out commands. */
export class Player {
  readonly #options: PlayerOptions;
  readonly #calls = new Calls();
  readonly #link: Link;
  #watched: number | undefined;
  #me: number | undefined;
  /** Questions without an answer so far. */
  openQuestions = 0;

  constructor(options: PlayerOptions) {
    this.#options = options;
    this.#link = connect({
      url: options.url,
      database: options.database,
      tokens: options.tokens,
      queries: TABLES.map((table) => `SELECT * FROM ${table}`),
      wire: (db) => this.#wire(db),
      onStatus: (status) => {
        if (status.state === 'lost') this.#calls.lost();
        options.onStatus(status);
      },
    });
  }

  /**
   * Enters the world, or comes back to it.
   * @returns the player's name
   * @throws Rejected with the world's reason when it rejects the name
   */
  async enter(): Promise<string> {
    const db = await this.#link.firstLive;
    if (!this.#find(db)) await this.#calls.call('join', () => db.reducers.join(this.#options.name));
    this.#me = this.#find(db)?.agent;
    return db.db.agentProfile.id.find(this.#me ?? -1)?.name ?? this.#options.name;
  }

  /** What the player sees now; undefined while there is no connection. */
  get view(): View | undefined {
    return this.#link.db && this.#me !== undefined ? new View(this.#link.db, this.#me) : undefined;
  }

  /**
   * Carries out a command.
   * @returns the lines to show
   * @throws Rejected with the reason why it cannot be done, or Error when it may have been done
   */
  async obey(command: Command): Promise<string[]> {
    const { view } = this;
    const { db } = this.#link;
    if (!db || !view) throw new Error('There is no connection, so nothing was done. Reconnecting.');
    const act = (action: Action) => this.#calls.call('act', () => db.reducers.act(action));
    switch (command.verb) {
      case 'look':
        return view.look();
      case 'who':
        return view.who();
      case 'inventory':
        return view.inventory();
      case 'trade':
        return view.stall();
      case 'go':
        await act(Action.Go(command.direction));
        return view.look();
      case 'say':
        await act(Action.Say(command.words));
        return [];
      case 'give': {
        const { good, quantity } = command;
        await act(Action.Give({ to: this.#somebody(view, command.to), good, quantity }));
        return [];
      }
      case 'buy':
        await act(Action.Buy({ good: command.good, quantity: command.quantity, gold: command.gold ?? view.gold() }));
        return [];
      case 'sell':
        await act(Action.Sell({ good: command.good, quantity: command.quantity, gold: command.gold ?? 0 }));
        return [];
      case 'ask':
        return this.#ask(db, view, command.rest);
      case 'watch':
        this.#watched = command.name.toLowerCase() === 'off' ? undefined : this.#somebody(view, command.name);
        return [this.#watched === undefined ? 'You watch nobody.' : `You watch ${view.nameOf(this.#watched)}.`];
      default:
        return [];
    }
  }

  close(): void {
    this.#link.close();
  }

  async #ask(db: DbConnection, view: View, rest: string): Promise<string[]> {
    const words = rest.split(' ');
    // A name may have several words, so try the longest beginning first.
    for (let length = words.length - 1; length > 0; length--) {
      const agent = view.find(words.slice(0, length).join(' '));
      if (agent === undefined) continue;
      await this.#calls.call('ask', () => db.reducers.ask(agent, words.slice(length).join(' ')));
      this.openQuestions++;
      return [`You ask ${view.nameOf(agent)}. The answer comes when it comes; the world goes on.`];
    }
    throw new Error('Ask whom, and what? For example: `ask Mira what do you make of the strangers?`');
  }

  #somebody(view: View, name: string): number {
    const agent = view.find(name);
    if (agent === undefined) throw new Rejected(`nobody is called ${name}`);
    return agent;
  }

  #find(db: DbConnection) {
    return db.identity && db.db.player.identity.find(db.identity);
  }

  #wire(db: DbConnection): void {
    this.#calls.wire(db);
    const { hear } = this.#options;
    db.db.event.onInsert((context, event) => {
      // Rows that were there before the player came are not news.
      if (context.event.tag === 'SubscribeApplied' || !this.view) return;
      if (event.object === this.#me && event.request > 0n) this.openQuestions--;
      const line = this.view.sees(event, this.#watched);
      if (line !== undefined) hear(line, event.kind === 'say' ? 'speech' : 'news');
    });
    db.db.agent.onUpdate((_context, before, { id, place }) => {
      const { view } = this;
      if (!view || before.place === place || id === this.#me) return;
      const name = view.nameOf(id);
      if (id === this.#watched)
        hear(`${name} goes from ${view.placeName(before.place)} to ${view.placeName(place)}.`, 'news');
      else if (before.place === view.place) hear(`${name} leaves for ${view.placeName(place)}.`, 'faint');
      else if (place === view.place) hear(`${name} comes from ${view.placeName(before.place)}.`, 'faint');
    });
  }
}
