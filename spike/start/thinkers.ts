import type { Account, Api } from '../host/api.ts';
import type { Keeper } from './keeper.ts';
import { LentRoles } from './lent-roles.ts';
import type { Service } from './services.ts';

export interface ThinkersOptions {
  api: Api;
  /** Where they think. */
  database: string;
  owner: Account;
  /** Of the world: what it lends is written down there. */
  folder: string;
  /** The thinker with the mind that was chosen. Absent with `--mind none`. */
  service: Service | undefined;
  /** Starts a thinker and keeps it running. */
  keep: (service: Service) => Keeper;
}

/** The thinkers that `npm start` runs: one or two, with the mind that was chosen or with one that lies. */
export class Thinkers {
  readonly #options: ThinkersOptions;
  /** A second thinker has its role for as long as it runs. */
  readonly #lent: LentRoles;
  #running: { service: Service; keeper: Keeper }[] = [];
  #second: Account | undefined;
  #lies = false;
  /** Changes follow each other: two clicks must not start two programs for one. */
  #changing: Promise<void> = Promise.resolve();

  constructor(options: ThinkersOptions) {
    this.#options = options;
    this.#lent = new LentRoles(options);
    if (options.service) this.#start(options.service);
  }

  get lies(): boolean {
    return this.#lies;
  }

  /** Whether each of them runs now. */
  get up(): boolean[] {
    return this.#running.map(({ keeper }) => keeper.isUp);
  }

  /** Ends each with SIGKILL, in the middle of whatever it does. */
  kill(): void {
    for (const { keeper } of this.#running) keeper.kill();
  }

  /** @throws Error when there is no thinker to add one to, or the host does not answer */
  setSecond(on: boolean): Promise<void> {
    return this.#change(async () => {
      const { api, service } = this.#options;
      if (!service) throw new Error('this npm start runs no thinker: start it with another --mind');
      if (on === (this.#second !== undefined)) return;
      if (on) {
        const account = await api.createAccount();
        await this.#lent.lend(account, 'Thinker');
        this.#second = account;
        this.#start({ ...service, name: 'thinker-2', token: account.token });
      } else if (this.#second) {
        const account = this.#second;
        this.#second = undefined;
        await this.#running.pop()?.keeper.stop();
        await this.#lent.takeBack(account);
      }
    });
  }

  /** Starts all of them anew: with a mind whose every answer breaks a rule, or with the one that was chosen. */
  setLying(on: boolean): Promise<void> {
    return this.#change(async () => {
      if (!this.#options.service) throw new Error('this npm start runs no thinker: start it with another --mind');
      if (on === this.#lies) return;
      const services = this.#running.map(({ service }) => service);
      await Promise.all(this.#running.map(({ keeper }) => keeper.stop()));
      this.#running = [];
      this.#lies = on;
      for (const service of services) this.#start(service);
    });
  }

  /** The role of a second thinker must not outlive it. */
  async stop(): Promise<void> {
    await this.setSecond(false).catch(() => {});
    await this.#lent.stop();
  }

  #start(service: Service): void {
    const keeper = this.#options.keep(this.#lies ? { ...service, args: ['--mind=liar'] } : service);
    this.#running.push({ service, keeper });
  }

  #change(step: () => Promise<void>): Promise<void> {
    const done = this.#changing.then(step);
    this.#changing = done.catch(() => {});
    return done;
  }
}
