import { setTimeout as sleep } from 'node:timers/promises';
import type { Arrival } from '../../spike/client/bindings/arrival_type.ts';
import { connect, type Link } from '../../spike/client/connect.ts';
import { memoryTokens } from '../../spike/client/token-store.ts';
import type { Account } from '../../spike/host/api.ts';
import { until } from '../../spike/until.ts';
import type { Lab } from '../harness/lab.ts';
import { OVER, type RegionHost } from './region-host.ts';

const LONGEST_MS = 60_000;

/** One person's way over the border; times in milliseconds, by the clock of this process. */
export interface Crossing {
  leftMs: number;
  /** When a subscriber of the region of arrival saw that the person lives there, or was turned back. */
  endedMs: number;
  isOver: boolean;
}

interface Walker extends Account {
  agent: number;
}

/** People who cross the border together, there and back, and a subscriber in each region who sees them arrive. */
export class Crossings {
  readonly #regions: [RegionHost, RegionHost];
  readonly #walkers: Walker[];
  readonly #links: Link[];
  /** How the crossing that is under way ended, by agent. */
  readonly #ends = new Map<number, Omit<Crossing, 'leftMs'>>();
  /** Index of the region where they are. */
  #at = 0;

  private constructor(regions: [RegionHost, RegionHost], walkers: Walker[]) {
    this.#regions = regions;
    this.#walkers = walkers;
    this.#links = regions.map(({ host, database }) =>
      connect({
        ...{ url: host.url, database, tokens: memoryTokens() },
        queries: ['SELECT * FROM arrival'],
        wire: ({ db }) => {
          db.arrival.onInsert((_, row) => this.#see(row));
          db.arrival.onUpdate((_context, _before, row) => this.#see(row));
        },
      }),
    );
  }

  /** So many people join the first region, each with its own number after the name. */
  static async open(lab: Lab, regions: [RegionHost, RegionHost], name: string, count: number): Promise<Crossings> {
    const walkers: Walker[] = [];
    for (let index = 0; index < count; index++) {
      const account = await lab.account();
      await regions[0].callAs(account, 'join', `${name} ${index}`);
      const [profile] = await regions[0].sql(`SELECT id FROM agent_profile WHERE name = '${name} ${index}'`);
      walkers.push({ ...account, agent: Number(profile?.['id']) });
    }
    const crossings = new Crossings(regions, walkers);
    await Promise.all(crossings.#links.map(({ firstLive }) => firstLive));
    return crossings;
  }

  /**
   * All of them cross. Settles when both regions have forgotten their journeys, because nobody sets out again before that.
   * @param apartMs between two who leave; 0 for all at once
   * @param onLeft called when all have left
   */
  async over(apartMs: number, onLeft = async (): Promise<void> => {}): Promise<Crossing[]> {
    this.#ends.clear();
    const here = this.#regions[this.#at];
    const leaving = this.#walkers.map(async (walker, index) => {
      await sleep(index * apartMs);
      const leftMs = performance.now();
      await here?.callAs(walker, 'act', { Go: OVER });
      return leftMs;
    });
    const left = await Promise.all(leaving);
    await onLeft();
    const open = () => this.#walkers.filter(({ agent }) => !this.#ends.has(agent)).length;
    if (!(await until(() => open() === 0, LONGEST_MS, 20)))
      throw new Error(`${open()} of ${left.length} people did not arrive within ${LONGEST_MS / 1_000} s`);
    this.#at = 1 - this.#at;
    if (!(await until(() => this.#isForgotten(), LONGEST_MS, 50)))
      throw new Error(`journeys that are over were not forgotten within ${LONGEST_MS / 1_000} s`);
    return this.#walkers.flatMap(({ agent }, index) => {
      const end = this.#ends.get(agent);
      return end ? [{ leftMs: left[index] ?? NaN, ...end }] : [];
    });
  }

  close(): void {
    for (const link of this.#links) link.close();
  }

  async #isForgotten(): Promise<boolean> {
    const tables = this.#regions.flatMap((region) =>
      ['departure', 'arrival'].map((table) => region.sql(`SELECT number FROM ${table}`)),
    );
    return (await Promise.all(tables)).every(({ length }) => length === 0);
  }

  #see({ state, traveller }: Arrival): void {
    if (state.tag === 'Pending') return;
    this.#ends.set(traveller.agent, { endedMs: performance.now(), isOver: state.tag === 'Arrived' });
  }
}
