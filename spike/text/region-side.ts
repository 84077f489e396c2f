import type { DbConnection } from '../client/bindings/index.ts';
import { connect, type Link, type Status } from '../client/connect.ts';
import type { RegionAddress } from '../client/region-address.ts';
import type { TokenStore } from '../client/token-store.ts';
import { AWAY, regionOf } from '../client/world-constants.ts';
import { Calls } from './calls.ts';
import type { Sight } from './residence.ts';

export interface RegionSideOptions {
  address: RegionAddress;
  tokens: TokenStore;
  /** Registers row callbacks on a new connection. */
  wire: (db: DbConnection, side: RegionSide) => void;
  onStatus: (status: Status, side: RegionSide) => void;
}

/**
 * The whole region, because a subscription by place would have to be replaced at each step, and an answer or somebody who
 * is watched may be in any region. A world of many thousands would need that.
 */
const TABLES = [
  ...['agent', 'agent_profile', 'place', 'exit', 'border', 'good', 'holding', 'stall', 'player', 'world', 'event'],
  ...['pause_notice', 'region', 'peer', 'visitor', 'passport', 'departure', 'arrival'],
];

/** One region as a player's client is connected to it. */
export class RegionSide {
  readonly address: RegionAddress;
  readonly calls = new Calls();
  readonly #options: RegionSideOptions;
  #link: Link | undefined;
  #number: number | undefined;
  #name = '';

  constructor(options: RegionSideOptions) {
    this.#options = options;
    this.address = options.address;
  }

  /** Connects, unless it does already. */
  open(): void {
    const { address, tokens, wire, onStatus } = this.#options;
    this.#link ??= connect({
      ...address,
      tokens,
      queries: TABLES.map((table) => `SELECT * FROM ${table}`),
      wire: (db) => {
        this.calls.wire(db);
        wire(db, this);
      },
      onStatus: (status) => {
        if (status.state === 'lost') this.calls.lost();
        if (status.state === 'live') this.#read();
        onStatus(status, this);
      },
    });
  }

  close(): void {
    this.#link?.close();
    this.#link = undefined;
  }

  /** The connection while it is live. */
  get db(): DbConnection | undefined {
    return this.#link?.db;
  }

  /** The region's number; undefined until it has answered once. */
  get number(): number | undefined {
    return this.#number;
  }

  /** Its name, or the name of its database while it has told none. */
  get title(): string {
    return this.#name || this.address.database;
  }

  /** What the region shows of the player, whose agent is `me`; undefined while it does not answer. */
  sight(me: number | undefined): Sight | undefined {
    const { db } = this;
    if (!db?.identity || this.#number === undefined) return undefined;
    const { identity, db: tables } = db;
    const player = tables.player.identity.find(identity);
    const agent = player && tables.agent.id.find(player.agent);
    const passport = me === undefined ? undefined : tables.passport.agent.find(me);
    const departure = [...tables.departure.iter()].find((row) => row.agent === me);
    const arrival = [...tables.arrival.iter()].find((row) => row.traveller.agent === me);
    return {
      region: this.#number,
      body: agent && { agent: agent.id, isAway: agent.place === AWAY },
      leavesFor: departure?.region,
      isPending: arrival?.state.tag === 'Pending' && regionOf(arrival.number) !== this.#number,
      passport,
    };
  }

  /** The player's agent, which keeps its number in every region; undefined where nothing here tells. */
  agent(): number | undefined {
    const { identity, db } = this.db ?? {};
    if (!identity || !db) return undefined;
    const travellers = [
      ...[...db.departure.iter(), ...db.arrival.iter()].map(({ traveller }) => traveller),
      ...[...db.passport.iter()].map(({ farewell }) => farewell),
    ];
    const isOwn = (traveller: (typeof travellers)[number]) => traveller?.player?.isEqual(identity) ?? false;
    return db.player.identity.find(identity)?.agent ?? travellers.find(isOwn)?.agent;
  }

  #read(): void {
    const own = this.db?.db.region.id.find(0);
    this.#number = own?.number ?? this.#number;
    this.#name = own?.name ?? this.#name;
  }
}
