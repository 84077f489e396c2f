import type { Agent, DbConnection, WorldEvent } from '../client/bindings/index.ts';
import { ROUTINE_WORDS } from '../client/routine-words.ts';
import { sentenceOf } from '../client/sentence.ts';
import { AWAY, GOLD } from '../client/world-constants.ts';
import { nameKey, unquoted, type Person } from './addressee.ts';

/** What one player sees of the world: sentences out of the rows that the client was sent. */
export class View {
  readonly #db: DbConnection['db'];
  readonly me: number;
  readonly #regionName: (region: number) => string;

  constructor(connection: DbConnection, me: number, regionName: (region: number) => string) {
    this.#db = connection.db;
    this.me = me;
    this.#regionName = regionName;
  }

  get place(): number {
    return this.#db.agent.id.find(this.me)?.place ?? -1;
  }

  nameOf(agent: number): string {
    return agent === this.me ? 'you' : (this.#db.agentProfile.id.find(agent)?.name ?? `agent ${agent}`);
  }

  placeName(place: number): string {
    return this.#db.place.id.find(place)?.name ?? 'nowhere';
  }

  /** Every way out of the place, those over a border included. */
  directions(): string[] {
    const { place } = this;
    const borders = [...this.#db.border.iter()].filter(({ from }) => from === place);
    return [...this.#exits(), ...borders.map(({ direction }) => direction)];
  }

  /** Whether somebody is in this region, and not away. */
  lives(agent: number): boolean {
    return (this.#db.agent.id.find(agent)?.place ?? AWAY) !== AWAY;
  }

  /** The region to which somebody is on the way from here. */
  destinationOf(agent: number): string {
    const departure = [...this.#db.departure.iter()].find((row) => row.agent === agent);
    return departure ? this.#regionName(departure.region) : 'another region';
  }

  /** Who is in the same place, without oneself. */
  here(): Agent[] {
    const { place: own } = this;
    return [...this.#db.agent.iter()].filter(({ id, place }) => place === own && place !== AWAY && id !== this.me);
  }

  goods(): string[] {
    return [...this.#db.good.iter()].map(({ name }) => name);
  }

  /** The id of the agent with that name, wherever they are. */
  find(name: string): number | undefined {
    const key = nameKey(unquoted(name));
    return [...this.#db.agentProfile.iter()].find((profile) => nameKey(profile.name) === key)?.id;
  }

  people(): Person[] {
    const players = new Set([...this.#db.player.iter()].map(({ agent }) => agent));
    return [...this.#db.agentProfile.iter()].map(({ id, name }) => ({ id, name, isPlayer: players.has(id) }));
  }

  look(): string[] {
    const place = this.#db.place.id.find(this.place);
    const here = this.here().map(
      ({ id, routine }) => `${this.nameOf(id)} (${ROUTINE_WORDS[routine.tag]}${this.#origin(id)})`,
    );
    return [
      `${this.placeName(this.place)}. ${place?.description ?? ''}`,
      `Exits: ${[...this.#exits(), ...this.#borders()].join(', ') || 'none'}.`,
      `Here: ${[...here, 'you'].join(', ')}.`,
      ...(this.#db.stall.place.find(this.place) ? ['There is a stall here: `trade`.'] : []),
    ];
  }

  /** @param isSeen whether another region shows that somebody lives there; those are left out where they are away */
  who(isSeen: (agent: number) => boolean = () => false): string[] {
    const players = [...this.#db.player.iter()]
      .filter(({ agent }) => this.lives(agent) || !isSeen(agent))
      .map(({ agent, online }) => `${this.nameOf(agent)}${this.#origin(agent)}, ${this.#whereIs(agent, online)}`);
    const living = [...this.#db.agent.iter()].filter(({ place }) => place !== AWAY).length;
    return [`${living} live here. Players: ${players.join('; ') || 'none'}.`];
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

  /** The goods that the stall here sells; undefined where there is no stall. */
  stallGoods(): string[] | undefined {
    const stall = this.#db.stall.place.find(this.place);
    return stall && this.#goodsOf(stall.keeper);
  }

  /** What the player could sell. */
  ownGoods(): string[] {
    return this.#goodsOf(this.me);
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
    const isNear = place === this.place && place !== AWAY;
    if (subject !== this.me && !isNear && !isForMe && subject !== watched) return undefined;
    return sentenceOf(event, { me: this.me, nameOf: (agent) => this.nameOf(agent) });
  }

  #exits(): string[] {
    return [...this.#db.exit.iter()].filter(({ from }) => from === this.place).map(({ direction }) => direction);
  }

  /** Exits that lead into another region, with its name. */
  #borders(): string[] {
    const own = [...this.#db.border.iter()].filter(({ from }) => from === this.place);
    return own.map(({ direction, region }) => `${direction} (to ${this.#regionName(region)})`);
  }

  /** A visitor's home: a name is unique in its own region only. */
  #origin(agent: number): string {
    const visitor = this.#db.visitor.agent.find(agent);
    return visitor ? `, from ${this.#regionName(visitor.home)}` : '';
  }

  #whereIs(agent: number, online: boolean): string {
    const place = this.#db.agent.id.find(agent)?.place ?? -1;
    if (place !== AWAY) return `${online ? 'at' : 'asleep at'} ${this.placeName(place)}`;
    const isLeaving = [...this.#db.departure.iter()].some((row) => row.agent === agent);
    const passport = this.#db.passport.agent.find(agent);
    if (isLeaving || !passport) return `on the way to ${this.destinationOf(agent)}`;
    return `away in ${this.#regionName(passport.region)}`;
  }

  #goodsOf(holder: number): string[] {
    const held = [...this.#db.holding.iter()].filter((row) => row.holder === holder && row.good !== GOLD);
    return held.map(({ good }) => this.#db.good.id.find(good)?.name ?? '').filter(Boolean);
  }

  #held(holder: number, wanted = (_good: number) => true): string[] {
    return [...this.#db.holding.iter()]
      .filter((row) => row.holder === holder && wanted(row.good))
      .map(({ good, quantity }) => `${quantity} ${this.#db.good.id.find(good)?.name ?? 'of something'}`);
  }
}
