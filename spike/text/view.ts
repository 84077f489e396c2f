import type { Agent, DbConnection, WorldEvent } from '../client/bindings/index.ts';
import { sentenceOf } from '../client/sentence.ts';
import { GOLD } from '../client/world-constants.ts';

/** Somebody else's words are shown as letters: nothing in them may move the cursor, colour the screen or turn a line. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '');
}

/** What one player sees of the world: sentences out of the rows that the client was sent. */
export class View {
  readonly #db: DbConnection['db'];
  readonly me: number;

  constructor(connection: DbConnection, me: number) {
    this.#db = connection.db;
    this.me = me;
  }

  get place(): number {
    return this.#db.agent.id.find(this.me)?.place ?? -1;
  }

  nameOf(agent: number): string {
    return agent === this.me ? 'you' : plain(this.#db.agentProfile.id.find(agent)?.name ?? `agent ${agent}`);
  }

  placeName(place: number): string {
    return plain(this.#db.place.id.find(place)?.name ?? 'nowhere');
  }

  directions(): string[] {
    return [...this.#db.exit.iter()].filter(({ from }) => from === this.place).map(({ direction }) => direction);
  }

  /** Who is in the same place, without oneself. */
  here(): Agent[] {
    return [...this.#db.agent.iter()].filter(({ id, place }) => place === this.place && id !== this.me);
  }

  goods(): string[] {
    return [...this.#db.good.iter()].map(({ name }) => name);
  }

  /** The id of the agent with that name, wherever they are. */
  find(name: string): number | undefined {
    const handle = name.toLowerCase();
    return [...this.#db.agentProfile.iter()].find((profile) => profile.handle === handle)?.id;
  }

  look(): string[] {
    const place = this.#db.place.id.find(this.place);
    const here = this.here().map(({ id, routine }) => `${this.nameOf(id)} (${DOING[routine.tag]})`);
    return [
      `${this.placeName(this.place)}. ${plain(place?.description ?? '')}`,
      `Exits: ${this.directions().join(', ') || 'none'}.`,
      `Here: ${[...here, 'you'].join(', ')}.`,
      ...(this.#db.stall.place.find(this.place) ? ['There is a stall here: `trade`.'] : []),
    ];
  }

  who(): string[] {
    const players = [...this.#db.player.iter()].map(
      ({ agent, online }) =>
        `${this.nameOf(agent)}, ${online ? 'at' : 'asleep at'} ${this.placeName(this.#db.agent.id.find(agent)?.place ?? -1)}`,
    );
    return [`${this.#db.agent.count()} live here. Players: ${players.join('; ') || 'none'}.`];
  }

  inventory(): string[] {
    return [`You have ${this.#held(this.me).join(', ') || 'nothing'}.`];
  }

  stall(): string[] {
    const stall = this.#db.stall.place.find(this.place);
    if (!stall) return ['There is no stall here.'];
    const goods = this.#held(stall.keeper, (good) => good !== GOLD);
    const keeper = this.nameOf(stall.keeper);
    return [
      `${keeper} keeps this stall: ${goods.join(', ') || 'nothing left'}. What is scarce is dear.`,
      '`buy 1 salt for 0` asks the price without buying.',
    ];
  }

  gold(): number {
    return [...this.#db.holding.iter()].find(({ holder, good }) => holder === this.me && good === GOLD)?.quantity ?? 0;
  }

  /** An event as this player sees it, or nothing where it is not for them. */
  sees(event: WorldEvent, watched: number | undefined): string | undefined {
    const { kind, subject, object, place } = event;
    const isForMe = object === this.me;
    // The rows of agents show their steps, and waiting is not news, unless either stands in for an answer to this player.
    if ((kind === 'go' || kind === 'wait') && !(isForMe && event.request > 0n)) return undefined;
    if (subject !== this.me && place !== this.place && !isForMe && subject !== watched) return undefined;
    return plain(sentenceOf(event, { me: this.me, nameOf: (agent) => this.nameOf(agent) }));
  }

  #held(holder: number, wanted = (_good: number) => true): string[] {
    return [...this.#db.holding.iter()]
      .filter((row) => row.holder === holder && wanted(row.good))
      .map(({ good, quantity }) => `${quantity} ${this.#db.good.id.find(good)?.name ?? 'of something'}`);
  }
}

const DOING = {
  Patrol: 'on a round',
  Wander: 'wandering',
  Trade: 'trading',
  Rest: 'at home',
  PlayerControlled: 'a player',
};
