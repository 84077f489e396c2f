import { Action, type DbConnection } from '../client/bindings/index.ts';
import type { Status } from '../client/connect.ts';
import type { RegionAddress } from '../client/region-address.ts';
import type { TokenStore } from '../client/token-store.ts';
import { readQuestion, unquoted } from './addressee.ts';
import { Rejected } from './calls.ts';
import type { Command } from './command.ts';
import { Journey, unknownRegion } from './journey.ts';
import { Listening, type ListeningOptions } from './listening.ts';
import type { RegionSide } from './region-side.ts';
import { Regions } from './regions.ts';
import { View } from './view.ts';

export interface PlayerOptions extends Pick<ListeningOptions, 'hear' | 'onChange'> {
  /** The regions of one world; one for a world that is not divided. */
  regions: readonly RegionAddress[];
  tokens: TokenStore;
  /** The name to join under, if the world does not know the player yet. */
  name: string;
  onStatus: (status: Status, side: RegionSide) => void;
  /** The regions do not belong together. The client has to end. */
  onFault: (message: string) => void;
}

/** One person in the world: reports what happens around them, in whichever region they are, and carries out commands. */
export class Player {
  readonly #options: PlayerOptions;
  readonly #regions: Regions;
  readonly #listening: Listening;
  readonly #journey: Journey;

  constructor(options: PlayerOptions) {
    this.#options = options;
    const { regions, tokens, hear, onChange, onStatus, onFault } = options;
    this.#listening = new Listening({
      regions: () => this.#regions,
      viewOf: (side) => this.#viewOf(side),
      hear,
      onChange,
    });
    this.#journey = new Journey({
      regions: () => this.#regions,
      tell: (line) => hear(line, 'news'),
      onArrival: () => this.view?.look().forEach((line) => hear(line, 'own')),
    });
    this.#regions = new Regions({
      ...{ regions, tokens, onStatus, onFault },
      wire: (db, side) => this.#listening.wire(db, side),
      onMove: (before, now) => {
        this.#journey.move(before, now);
        onChange?.();
      },
    });
  }

  /**
   * Enters the world, or comes back to it, in the region where the player lives.
   * @returns the player's name
   * @throws Rejected with the world's reason when it rejects the name
   */
  async enter(): Promise<string> {
    const regions = this.#regions;
    await regions.known();
    const { db, calls } = regions.first;
    if (regions.residence.state === 'nowhere' && db) {
      await calls.call('join', () => db.reducers.join(this.#options.name));
      regions.look();
    }
    return this.ownName;
  }

  /** The player's name: the one that the world knows, or the one to join under. */
  get ownName(): string {
    const { sides, me = -1 } = this.#regions;
    const names = sides.map(({ db }) => db?.db.agentProfile.id.find(me)?.name);
    return names.find(Boolean) ?? this.#options.name;
  }

  /** What the player sees now; undefined while there is no connection, or they are between two regions. */
  get view(): View | undefined {
    const { home } = this.#regions;
    return home && this.#viewOf(home);
  }

  /** Where the player is, to follow their name: `at The Market`, `at the border to South`; undefined while it is not shown. */
  get whereabouts(): string | undefined {
    const { view } = this;
    const { areSeveral, home } = this.#regions;
    if (!view) return home ? undefined : this.#journey.whereabouts();
    return `at ${view.placeName(view.place)}${areSeveral && home ? `, in ${home.title}` : ''}`;
  }

  /** Whether the player is between two regions. */
  get isCrossing(): boolean {
    return this.#regions.residence.state === 'crossing';
  }

  /** Questions without an answer so far. */
  get openQuestions(): number {
    return this.#listening.openQuestions;
  }

  /** The regions that do not answer, by name. */
  get silent(): string[] {
    return this.#regions.sides.filter(({ db }) => !db).map(({ title }) => title);
  }

  /**
   * Carries out a command.
   * @returns the lines to show
   * @throws Rejected with the reason why it cannot be done, or Error when it may have been done
   */
  async obey(command: Command): Promise<string[]> {
    if (command.verb === 'who') return this.#who();
    if (this.isCrossing && command.verb === 'look') return this.#journey.look();
    if (this.isCrossing) throw new Rejected(`you are ${this.#journey.whereabouts()}, so wait until you arrive`);
    const { side, db, view } = this.#here();
    const act = (action: Action) => side.calls.call('act', () => db.reducers.act(action));
    switch (command.verb) {
      case 'look':
        return view.look();
      case 'inventory':
        return view.inventory();
      case 'trade':
        return view.stall();
      case 'go':
        await act(Action.Go(command.direction));
        // Over a border, the journey tells how it goes.
        return this.#regions.residence.state === 'here' ? view.look() : [];
      case 'say':
        await act(Action.Say(command.words));
        return [];
      case 'give': {
        const { good, quantity } = command;
        await act(Action.Give({ to: somebody(view, command.to), good, quantity }));
        return [];
      }
      case 'buy':
        await act(Action.Buy({ good: command.good, quantity: command.quantity, gold: command.gold ?? view.gold() }));
        return [];
      case 'sell':
        await act(Action.Sell({ good: command.good, quantity: command.quantity, gold: command.gold ?? 0 }));
        return [];
      case 'ask':
        return this.#ask(side, db, view, command.rest);
      case 'watch':
        return [this.#watch(view, command.name)];
      default:
        return [];
    }
  }

  close(): void {
    this.#journey.close();
    this.#regions.close();
  }

  async #ask({ calls }: RegionSide, db: DbConnection, view: View, rest: string): Promise<string[]> {
    const { agent, question } = readQuestion(rest, view.people());
    const asked = () => {
      this.#listening.asks(agent);
      const name = view.nameOf(agent);
      this.#options.hear(`You ask ${name}. The answer comes when it comes; the world goes on.`, 'own');
    };
    await calls.call('ask', () => db.reducers.ask(agent, question), asked);
    return [];
  }

  #watch(view: View, name: string): string {
    const watched = name.toLowerCase() === 'off' ? undefined : somebody(view, name);
    this.#listening.watched = watched;
    return watched === undefined ? 'You watch nobody.' : `You watch ${view.nameOf(watched)}.`;
  }

  #who(): string[] {
    const { sides, first, areSeveral } = this.#regions;
    if (!areSeveral) return (this.#viewOf(first) ?? this.#here().view).who();
    const views = sides.map((side) => ({ side, view: this.#viewOf(side) }));
    const isSeen = (agent: number) => views.some(({ view }) => view?.lives(agent));
    return views.flatMap(({ side, view }) => {
      if (view) return view.who(isSeen).map((line) => `${side.title}: ${line}`);
      return [`${side.title} ${side.number === undefined ? 'has not answered yet' : 'does not answer'}.`];
    });
  }

  /** @throws Error when the region of the player does not answer, or is not known */
  #here(): { side: RegionSide; db: DbConnection; view: View } {
    const { home, residence, areSeveral } = this.#regions;
    const view = home && this.#viewOf(home);
    if (home?.db && view) return { side: home, db: home.db, view };
    const name = residence.state === 'here' ? this.#regions.nameOf(residence.region) : 'The world';
    if (residence.state === 'here' && this.#regions.lacks(residence.region)) throw new Error(unknownRegion(name));
    const what = areSeveral ? `${name} does not answer` : 'There is no connection';
    throw new Error(`${what}, so nothing was done. Reconnecting.`);
  }

  #viewOf({ db }: RegionSide): View | undefined {
    const { me } = this.#regions;
    return db && me !== undefined ? new View(db, me, (region) => this.#regions.nameOf(region)) : undefined;
  }
}

function somebody(view: View, name: string): number {
  const agent = view.find(name);
  if (agent === undefined) throw new Rejected(`nobody is called ${unquoted(name)}`);
  return agent;
}
