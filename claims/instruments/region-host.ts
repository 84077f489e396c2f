import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../../spike/host/api.ts';
import { startHost, type Host } from '../../spike/host/host.ts';
import { buildModule } from '../../spike/host/module.ts';
import { readMap, type WorldMap } from '../../spike/start/map.ts';
import { until } from '../../spike/until.ts';
import type { Lab, Tick } from '../harness/lab.ts';
import { ticksIn } from './region-clock.ts';

/** Which region it is, and how its host is started. */
export interface RegionOptions {
  number: number;
  name: string;
  /** Of the region that its border leads to. */
  neighbour: number;
}

/** In each region the way over the border begins and ends where newcomers stand. */
export const OVER = 'over';
const RICH = 1_000_000;
const AWAKE_MS = 60_000;

/** One region of a world of several, with the lab's module, on a host of its own. All of them know the lab's accounts. */
export class RegionHost {
  host: Host;
  readonly name: string;
  readonly database: string;
  readonly #lab: Lab;
  readonly #folder: string;

  private constructor(lab: Lab, host: Host, folder: string, name: string) {
    this.#lab = lab;
    this.host = host;
    this.#folder = folder;
    this.name = name;
    this.database = name.toLowerCase();
  }

  /** Starts the host and founds the region. Its clock stands still. */
  static async open(lab: Lab, { number, name, neighbour }: RegionOptions): Promise<RegionHost> {
    const folder = join(lab.folder, name);
    // Hosts that share their keys agree on who a token's holder is.
    cpSync(join(lab.folder, 'keys'), join(folder, 'keys'), { recursive: true });
    const host = await startHost({ binary: lab.binary, folder });
    const region = new RegionHost(lab, host, folder, name);
    await host.api.publish(region.database, (await buildModule('lab', console.log)).wasm, lab.owner);
    await region.call('set_region', number, name);
    await region.call('found_world', mapOf(name, neighbour));
    await region.call('pause_clock');
    return region;
  }

  call(reducer: string, ...args: unknown[]): Promise<void> {
    return this.callAs(this.#lab.owner, reducer, ...args);
  }

  callAs(account: Account, reducer: string, ...args: unknown[]): Promise<void> {
    return this.host.api.call(this.database, reducer, args, account);
  }

  sql(query: string): Promise<Record<string, unknown>[]> {
    return this.host.api.sql(this.database, query, this.#lab.owner);
  }

  async lastTick(): Promise<number> {
    return Number((await this.sql('SELECT tick FROM clock'))[0]?.['tick']);
  }

  async ticksFrom(first: number): Promise<Tick[]> {
    return ticksIn(await this.sql(`SELECT * FROM tick_log WHERE tick >= ${first}`));
  }

  /** Starts the host again on the same data, after something has ended it. Settles when the region ticks. */
  async startAgain(binary = this.#lab.binary): Promise<void> {
    this.host = await startHost({ binary, folder: this.#folder, databases: [this.database] });
    const before = await this.lastTick();
    if (!(await until(async () => (await this.lastTick()) > before, AWAKE_MS, 20)))
      throw new Error(`${this.name} does not tick ${AWAKE_MS / 1_000} s after its restart`);
  }

  close(): Promise<void> {
    return this.host.kill();
  }
}

/** Two regions with a border between them. The lab's own world stands still, because it would take its part of the cores. */
export async function openTwo(lab: Lab): Promise<[RegionHost, RegionHost]> {
  await lab.call('pause_clock');
  return [
    await RegionHost.open(lab, { number: 0, name: 'North', neighbour: 1 }),
    await RegionHost.open(lab, { number: 1, name: 'South', neighbour: 0 }),
  ];
}

/** The town, once more in each region. Nobody who lives there crosses: they are called the same in both. */
function mapOf(name: string, neighbour: number): WorldMap {
  const town = readMap();
  const gate = town.places.find(({ key }) => key === town.newcomers.place);
  if (!gate) throw new Error(`the map has no place ${town.newcomers.place}`);
  return {
    ...town,
    name,
    newcomers: { ...town.newcomers, treasury: RICH },
    borders: [{ from: gate.key, direction: OVER, region: neighbour, to: gate.name }],
  };
}
