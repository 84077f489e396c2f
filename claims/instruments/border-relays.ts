import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Account } from '../../spike/host/api.ts';
import { supervise, type Supervised } from '../../spike/host/supervised.ts';
import type { BorderRegion } from './border-region.ts';

/** The product's relay, and one that activates a traveller whom nobody has let go. */
const PROGRAMS = {
  product: fileURLToPath(new URL('../../spike/relay/main.ts', import.meta.url)),
  eager: fileURLToPath(new URL('border-eager-relay.ts', import.meta.url)),
};

export interface RelaysOptions {
  /** For logs and tokens. */
  folder: string;
  regions: readonly BorderRegion[];
  porter: Account;
  kind: keyof typeof PROGRAMS;
  /** How long a row must be visible; without it the product's own time. */
  waitMs?: number;
}

/** Relays at once, each in a process. They share an identity, so that the regions need one grant of a role. */
const RELAYS = 2;

/** Several relays between the same regions. Any of them can be killed; another takes its place. */
export class Relays {
  readonly #options: RelaysOptions;
  #running: Supervised[] = [];
  #started = 0;

  constructor(options: RelaysOptions) {
    this.#options = options;
    for (let index = 0; index < RELAYS; index++) this.#running.push(this.#start());
  }

  /** Kills one with SIGKILL and starts another. */
  async killOne(index: number): Promise<void> {
    const [killed] = this.#running.splice(index % RELAYS, 1);
    await killed?.kill();
    this.#running.push(this.#start());
  }

  /** Stops all in the middle of what they do, as a machine does that is suspended. */
  freeze(): void {
    for (const { pid } of this.#running) process.kill(-pid, 'SIGSTOP');
  }

  thaw(): void {
    for (const { pid } of this.#running) process.kill(-pid, 'SIGCONT');
  }

  async close(): Promise<void> {
    await Promise.all(this.#running.map((each) => each.kill()));
    this.#running = [];
  }

  #start(): Supervised {
    const { folder, regions, porter, kind, waitMs } = this.#options;
    const name = `${kind}-relay-${this.#started++}`;
    const tokens = join(folder, `${name}.token`);
    writeFileSync(tokens, porter.token, { mode: 0o600 });
    const addresses = regions.flatMap(({ url, database }) => ['--region', `${url}/${database}`]);
    const wait = waitMs === undefined ? [] : ['--wait-ms', String(waitMs)];
    const args = ['--import', 'tsx', PROGRAMS[kind], ...addresses, ...wait, '--token-file', tokens];
    return supervise(process.execPath, args, join(folder, `${name}.log`));
  }
}
