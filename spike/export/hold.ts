import { Refused, type Account, type Api } from '../host/api.ts';

/** What people read while they cannot act. */
export const REASON = 'it is being exported';

export interface Owned {
  api: Api;
  database: string;
  owner: Account;
}

/** How a clock stood: paused or not, and the reason that people read. */
export interface Standstill {
  paused: boolean;
  notice: string;
}

/**
 * A world that stands still: its clock is paused, players cannot act or join, and no thought is leased. A thinker that
 * already has a lease may still answer, so rows have to be read at one instant.
 */
export class Hold {
  /** How the world stood before. */
  readonly before: Standstill;
  readonly #world: Owned;
  #isTaken = false;
  #since = performance.now();
  #until: number | undefined;

  private constructor(world: Owned, before: Standstill) {
    this.#world = world;
    this.before = before;
  }

  /** How it stood, apart from exports: a world that only an export left standing goes on where the file is loaded. */
  get was(): Standstill {
    return this.before.notice === REASON ? { paused: false, notice: '' } : this.before;
  }

  /** Notes how a world stands, and changes nothing yet. */
  static async of(world: Owned): Promise<Hold> {
    return new Hold(world, await standstillOf(world));
  }

  /**
   * Holds the world, which may be paused already. One that stands still for a reason is held, and keeps its reason.
   * @throws Refused when the account does not own the world, or Error when the outcome is unknown: release it then
   */
  async take(): Promise<void> {
    this.#since = performance.now();
    if (this.before.notice !== '') return;
    this.#isTaken = true;
    await this.#call('pause_clock_for', REASON).catch((error: unknown) => {
      if (error instanceof Refused) this.#isTaken = false;
      throw error;
    });
  }

  /** Puts the world back to how it stood before. Does nothing when that is done. */
  async release(): Promise<void> {
    if (this.#isTaken) await this.#call(this.before.paused ? 'pause_clock' : 'resume_clock');
    this.#isTaken = false;
    this.#until ??= performance.now();
  }

  /** For how long it was held, so far or in all. */
  get milliseconds(): number {
    return (this.#until ?? performance.now()) - this.#since;
  }

  #call(reducer: string, ...args: unknown[]): Promise<void> {
    const { api, database, owner } = this.#world;
    return api.call(database, reducer, args, owner);
  }
}

async function standstillOf({ api, database, owner }: Owned): Promise<Standstill> {
  const [clock] = await api.sql(database, 'SELECT * FROM clock', owner);
  if (!clock) throw new Error(`the database ${database} has no clock: it is not a world of this project`);
  const [notice] = await api.sql(database, 'SELECT * FROM pause_notice', owner);
  return { paused: clock['paused'] === true, notice: typeof notice?.['reason'] === 'string' ? notice['reason'] : '' };
}
