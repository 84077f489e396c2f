import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../../spike/host/api.ts';
import { memoryTokens } from '../../spike/client/token-store.ts';
import type { Context, Mind } from '../../spike/thinker/mind.ts';
import { startThinker, type Thinker } from '../../spike/thinker/thinker.ts';
import type { BorderRegion } from './border-region.ts';

/** Out of ten acts so many give a piece of gold away. */
const GIFTS_OF_TEN = 3;
const BETWEEN_ACTS_MS = 400;
/** Longer than a pause lasts. */
const PATIENCE_MS = 60_000;
const AT_ONCE = 100;

/**
 * What the people of both regions do: agents by the thoughts of a product's thinker in each region, players by their own
 * acts. They cross the border again and again, and give gold away in between.
 */
export class BorderLife {
  readonly #regions: readonly BorderRegion[];
  readonly #players: Account[];
  readonly #random: () => number;
  readonly #crossingsOfTen: number;
  readonly #thinkers: Thinker[];
  readonly #playing: Promise<unknown>;
  #ended = false;
  #gate: { opened: Promise<void>; open: () => void } | undefined;
  /** Calls of players that have not been answered. */
  #calls = 0;

  /** @param crossingsOfTen out of ten acts that are not gifts so many cross the border; the others change nothing */
  constructor(
    regions: readonly BorderRegion[],
    thinker: Account,
    players: Account[],
    { random, crossingsOfTen }: { random: () => number; crossingsOfTen: number },
  ) {
    this.#crossingsOfTen = crossingsOfTen;
    this.#regions = regions;
    this.#players = players;
    this.#random = random;
    this.#thinkers = regions.map(({ url, database }) =>
      startThinker({
        url,
        database,
        tokens: memoryTokens(thinker.token),
        mind: this.#mind,
        concurrency: AT_ONCE,
        timeoutMs: PATIENCE_MS,
        log: () => {},
      }),
    );
    this.#playing = Promise.all(players.map((player) => this.#play(player)));
  }

  get isPaused(): boolean {
    return this.#gate !== undefined;
  }

  /** Stops everybody who acts, and waits until the last act has ended. */
  async pause(): Promise<void> {
    if (!this.#gate) {
      let open = () => {};
      const opened = new Promise<void>((resolve) => (open = resolve));
      this.#gate = { opened, open };
    }
    while (this.#calls > 0) await sleep(5);
  }

  resume(): void {
    this.#gate?.open();
    this.#gate = undefined;
  }

  async close(): Promise<void> {
    this.#ended = true;
    this.resume();
    await Promise.all([this.#playing, ...this.#thinkers.map((thinker) => thinker.stop())]);
  }

  get #mind(): Mind {
    return {
      name: 'somebody who is never content with where they are',
      think: async (context) => {
        await this.#gate?.opened;
        return this.#act(context);
      },
    };
  }

  #act({ here, holds }: Pick<Context, 'here' | 'holds'>) {
    const hasGold = holds.some(({ good }) => good === 'gold');
    const gift = hasGold && this.#gift(here.map(({ id }) => id));
    if (gift) return { tag: 'Give' as const, value: gift };
    return this.#isRestless() ? { tag: 'Go' as const, value: 'over' } : { tag: 'Wait' as const };
  }

  #isRestless(): boolean {
    return this.#random() * 10 < this.#crossingsOfTen;
  }

  #gift(others: number[]): { to: number; good: string; quantity: number } | undefined {
    const to = others[Math.floor(this.#random() * others.length)];
    return to !== undefined && this.#random() * 10 < GIFTS_OF_TEN ? { to, good: 'gold', quantity: 1 } : undefined;
  }

  /** A player does not know where their body is, and tries both regions. */
  async #play(player: Account): Promise<void> {
    while (!this.#ended) {
      await this.#gate?.opened;
      const { to, good, quantity } = this.#gift([0, 1, 2]) ?? {};
      const other = this.#isRestless() ? { Go: 'over' } : { Wait: [] };
      const action = to === undefined ? other : { Give: { to, good, quantity } };
      this.#calls++;
      for (const region of this.#regions) if (await acts(region, player, action)) break;
      this.#calls--;
      await sleep(BETWEEN_ACTS_MS * (0.5 + this.#random()));
    }
  }

  /** How many players can act in exactly one of the regions. */
  async playersInOnePlace(): Promise<number> {
    let right = 0;
    for (const player of this.#players) {
      const answers = await Promise.all(this.#regions.map((region) => acts(region, player, { Wait: [] })));
      if (answers.filter((answer) => answer).length === 1) right++;
    }
    return right;
  }
}

/** Whether the region lets the player do it. A host that is down, and a body that is elsewhere, do not. */
function acts(region: BorderRegion, player: Account, action: unknown): Promise<boolean> {
  const call = async () => region.callAs(player, 'act', action);
  return call().then(
    () => true,
    () => false,
  );
}
