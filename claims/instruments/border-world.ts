import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildModule } from '../../spike/host/module.ts';
import { until } from '../../spike/until.ts';
import type { Lab } from '../harness/lab.ts';
import { cutThrough, faultsAt, sumsOf, type Faults, type RegionView } from './border-census.ts';
import { BorderLife } from './border-life.ts';
import { borderMap } from './border-map.ts';
import { BorderRegion } from './border-region.ts';
import { Relays, type RelaysOptions } from './border-relays.ts';

const AGENTS_OF_A_REGION = 30;
/** Longer than a journey takes whose relays have all just been started anew. */
const ENDS_WITHIN_MS = 60_000;

/** What is killed: a host, both hosts, or one of the relays. */
export const TARGETS = ['north', 'south', 'both', 'relay'] as const;

export interface Blow {
  target: (typeof TARGETS)[number];
  /** For each host that is killed: in so many milliseconds before, it has written what never reaches the disk. */
  lostMs: [north: number, south: number];
  /** The relays do not even notice that a host was away, as when a network fails. */
  isCutOff: boolean;
}

/** Both regions at one moment, and what is wrong then. */
export interface Cut extends Faults {
  views: RegionView[];
}

/** Two regions, each on a host of its own, with relays between them, sixty agents and two players. */
export class BorderWorld {
  readonly north: BorderRegion;
  readonly south: BorderRegion;
  /** By id. */
  readonly people: number[];
  /** For copies of a region's data, and whatever else goes with the world. */
  readonly folder: string;
  readonly life: BorderLife;
  readonly #founded: Map<string, number>;
  readonly #relays: Relays;
  #strikes = 0;

  private constructor(options: RelaysOptions, life: BorderLife, views: RegionView[]) {
    const { folder, regions } = options;
    [this.north, this.south] = regions as [BorderRegion, BorderRegion];
    this.folder = folder;
    this.people = views.flatMap(({ living }) => living);
    this.#founded = sumsOf(views);
    this.#relays = new Relays(options);
    this.life = life;
  }

  /**
   * @param lab makes the accounts: all hosts share its signing key, so that an identity is the same person everywhere
   */
  static async open(
    lab: Lab,
    random: () => number,
    { crossingsOfTen = 10, ...relays }: Pick<RelaysOptions, 'kind' | 'waitMs'> & { crossingsOfTen?: number },
  ): Promise<BorderWorld> {
    const { wasm } = await buildModule('production', console.log);
    const folder = mkdtempSync(join(tmpdir(), 'spellkave-border-'));
    const account = () => lab.host.api.createAccount();
    const staff = { owner: await account(), porter: await account(), thinker: await account() };
    const names = ['North', 'South'] as const;
    const regions = names.map(
      (name, number) =>
        new BorderRegion({
          number,
          map: borderMap(name, number, AGENTS_OF_A_REGION, names[1 - number] as string),
          folder: join(folder, name),
          keys: join(lab.folder, 'keys'),
          binary: lab.binary,
          wasm,
          staff,
        }),
    );
    await Promise.all(regions.map((region) => region.found()));
    const players = [await account(), await account()];
    for (const [index, player] of players.entries())
      await regions[index]?.callAs(player, 'join', ['Mira', 'Sigrun'][index]);
    const views = await cutThrough(regions);
    const life = new BorderLife(regions, staff.thinker, players, { random, crossingsOfTen });
    return new BorderWorld({ ...relays, folder, regions, porter: staff.porter }, life, views);
  }

  get regions(): BorderRegion[] {
    return [this.north, this.south];
  }

  /** Stops everything that moves people, looks at both regions, and lets go on what went on before. */
  async cut(): Promise<Cut> {
    const { isPaused } = this.life;
    await this.life.pause();
    this.#relays.freeze();
    try {
      const views = await cutThrough(this.regions);
      return { views, ...faultsAt(views, this.people, this.#founded) };
    } finally {
      this.#relays.thaw();
      if (!isPaused) this.life.resume();
    }
  }

  /** Kills with SIGKILL, starts again what was killed, and looks before the relays do anything. */
  async strike({ target, lostMs, isCutOff }: Blow): Promise<Cut> {
    this.#strikes++;
    if (target === 'relay') {
      await this.#relays.killOne(this.#strikes);
      return this.cut();
    }
    const struck = target === 'both' ? this.regions : [target === 'north' ? this.north : this.south];
    await Promise.all(struck.map((region) => region.kill(lostMs[region.number])));
    if (isCutOff) this.#relays.freeze();
    await Promise.all(struck.map((region) => region.start()));
    return this.cut();
  }

  /**
   * Stops everybody who acts, and lets the relays end what has begun.
   * @returns both regions afterwards; nobody acts until `life.resume`
   */
  async settle(): Promise<Cut> {
    await this.life.pause();
    await until(async () => (await this.#journeys()) === 0, ENDS_WITHIN_MS, 200);
    return this.cut();
  }

  /** How many borders have been crossed in all, as far as the regions that are running know. */
  async crossings(): Promise<number> {
    const passports = this.regions.map((region) => region.sql('SELECT agent, hops FROM passport'));
    const latest = new Map<unknown, number>();
    for (const { agent, hops } of (await Promise.all(passports)).flat())
      latest.set(agent, Math.max(Number(hops), latest.get(agent) ?? 0));
    return [...latest.values()].reduce((sum, hops) => sum + hops, 0);
  }

  async #journeys(): Promise<number> {
    const tables = this.regions.flatMap((region) => ['departure', 'arrival'].map((table) => ({ region, table })));
    const rows = await Promise.all(tables.map(({ region, table }) => region.sql(`SELECT number FROM ${table}`)));
    return rows.flat().length;
  }

  async close(): Promise<void> {
    this.#relays.thaw();
    await this.life.close();
    await this.#relays.close();
    await Promise.all(this.regions.map((region) => region.kill()));
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
