import type { DbConnection } from '../client/bindings/index.ts';
import type { Status } from '../client/connect.ts';
import type { RegionAddress } from '../client/region-address.ts';
import type { TokenStore } from '../client/token-store.ts';
import { RegionSide } from './region-side.ts';
import { believed, residenceOf, type Residence } from './residence.ts';

export interface RegionsOptions {
  /** The regions of one world; newcomers begin in the first. */
  regions: readonly RegionAddress[];
  tokens: TokenStore;
  /** Registers row callbacks on a new connection, before anything is subscribed. */
  wire: (db: DbConnection, side: RegionSide) => void;
  onStatus: (status: Status, side: RegionSide) => void;
  /** The player set out, arrived, or turned back. */
  onMove: (before: Residence, now: Residence) => void;
  /** The regions do not belong together. The client has to end. */
  onFault: (message: string) => void;
}

/** A world as one player is connected to it: one connection for each region, and in which of them the player lives. */
export class Regions {
  readonly sides: readonly RegionSide[];
  residence: Residence = { state: 'nowhere' };
  readonly #options: RegionsOptions;
  #me: number | undefined;
  #isNew: boolean;
  #onKnown: (() => void)[] = [];

  constructor(options: RegionsOptions) {
    this.#options = options;
    this.#isNew = options.tokens.load() === undefined;
    this.sides = options.regions.map(
      (address) =>
        new RegionSide({
          address,
          tokens: options.tokens,
          wire: (db, side) => this.#wire(db, side),
          onStatus: (status, side) => this.#onStatus(status, side),
        }),
    );
    this.#open();
  }

  /** The player's agent, once a region has shown it. */
  get me(): number | undefined {
    return this.#me;
  }

  get first(): RegionSide {
    return this.sides[0]!;
  }

  get areSeveral(): boolean {
    return this.sides.length > 1;
  }

  /** The region where the player lives, whether it answers or not; undefined when they are on the way. */
  get home(): RegionSide | undefined {
    const { residence } = this;
    return residence.state === 'here' ? this.of(residence.region) : undefined;
  }

  of(region: number): RegionSide | undefined {
    return this.sides.find(({ number }) => number === region);
  }

  /** Whether the client was not told of that region. One that has never answered may be it. */
  lacks(region: number): boolean {
    return !this.of(region) && this.sides.every(({ number }) => number !== undefined);
  }

  /** What a region is called, also one to which there is no connection. */
  nameOf(region: number): string {
    const known = this.of(region)?.title;
    const peer = this.sides.map(({ db }) => db?.db.peer.region.find(region)?.name).find(Boolean);
    return known ?? peer ?? `region ${region}`;
  }

  /** Resolves when the region where the player lives answers, or when it is known that none here can show them. */
  async known(): Promise<void> {
    while (!this.#isKnown()) await new Promise<void>((resolve) => this.#onKnown.push(resolve));
  }

  /** Finds out anew where the player is. */
  look(): void {
    this.#me ??= this.sides.flatMap((side) => side.agent() ?? [])[0];
    const sights = this.sides.flatMap((side) => side.sight(this.#me) ?? []);
    const before = this.residence;
    const now = believed(before, residenceOf(sights), (region) => sights.some((sight) => sight.region === region));
    this.residence = now;
    for (const resolve of this.#onKnown.splice(0)) resolve();
    if (JSON.stringify(before) !== JSON.stringify(now)) this.#options.onMove(before, now);
  }

  close(): void {
    for (const side of this.sides) side.close();
  }

  #isKnown(): boolean {
    const { residence } = this;
    // Another region may tell where somebody lives before their own one answers.
    if (residence.state === 'here') return this.home?.db !== undefined || this.lacks(residence.region);
    if (residence.state === 'crossing') return true;
    // Somebody who is new lives nowhere. Anybody else may live in a region that does not answer.
    return this.first.db !== undefined && (this.#isNew || this.sides.every(({ db }) => db));
  }

  /** Without a token each host would make an identity of its own, so the first one makes it. */
  #open(): void {
    const hasToken = this.#options.tokens.load() !== undefined;
    for (const side of hasToken ? this.sides : [this.first]) side.open();
  }

  #wire(db: DbConnection, side: RegionSide): void {
    const { agent, player, departure, arrival, passport } = db.db;
    // What was there before the client came is looked at once, when it is live.
    const look = ({ event }: { event: { tag: string } }) => {
      if (event.tag !== 'SubscribeApplied' && side.db) this.look();
    };
    for (const table of [player, departure, arrival, passport]) {
      table.onInsert(look);
      table.onUpdate(look);
      table.onDelete(look);
    }
    agent.onInsert((context, { id }) => id === this.#me && look(context));
    agent.onUpdate((context, before, { id, place }) => id === this.#me && before.place !== place && look(context));
    agent.onDelete((context, { id }) => id === this.#me && look(context));
    this.#options.wire(db, side);
  }

  #onStatus(status: Status, side: RegionSide): void {
    if (status.state === 'live') {
      this.#checkNumbers();
      this.#open();
    }
    this.#options.onStatus(status, side);
    if (status.state === 'lost' && this.#options.tokens.load() === undefined) this.#beginAnew();
    if (status.state === 'live') this.look();
  }

  /** No host knows the token: the first one makes a new identity, and the others must not make more. */
  #beginAnew(): void {
    this.#isNew = true;
    for (const side of this.sides) if (side !== this.first) side.close();
  }

  #checkNumbers(): void {
    const [one, other] = this.sides.filter(
      ({ number }, _, all) => number !== undefined && all.filter((each) => each.number === number).length > 1,
    );
    if (one && other)
      this.#options.onFault(
        `${one.address.database} and ${other.address.database} are both region ${one.number}, so they are not two regions of one world.`,
      );
  }
}
