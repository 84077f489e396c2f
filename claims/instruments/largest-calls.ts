import { setTimeout as sleep } from 'node:timers/promises';
import { archivedEventOfRow } from '../../spike/archivist/archived-event.ts';
import { digest } from '../../spike/archivist/digest.ts';
import { identityArgument, Refused, type Account } from '../../spike/host/api.ts';
import type { Lab } from '../harness/lab.ts';
import { crossBorders } from './journeys.ts';
import { leasesOf } from './requests.ts';
import { newThinker } from './thinkers.ts';
import type { Run } from './timed-runs.ts';

/** The world's own limits for one call: leases, and acknowledged events. */
const [LEASES, EVENTS] = [100, 250];

/** How the world is set. Its owner sets the same again, so that the calls of one round do not change the next. */
export interface Settings {
  agents: number;
  retentionMs: number;
  periodMs: number;
  /** Ticks until everybody has acted once. */
  round: number;
}

/** Those who may call a reducer that needs a role. */
interface Roles {
  thinker: Account;
  archivist: Account;
  relay: Account;
}

/** Calls of all reducers but the scheduled ones, each with the largest work that it allows. The clock has to be paused. */
export class LargestCalls {
  readonly #lab: Lab;
  readonly #run: Run;
  readonly #settings: Settings;
  readonly #roles: Roles;
  #joined = 0;

  private constructor(lab: Lab, run: Run, settings: Settings, roles: Roles) {
    this.#lab = lab;
    this.#run = run;
    this.#settings = settings;
    this.#roles = roles;
  }

  static async of(lab: Lab, run: Run, settings: Settings): Promise<LargestCalls> {
    const thinker = await newThinker(lab);
    const archivist = await lab.account('Archivist');
    return new LargestCalls(lab, run, settings, { thinker, archivist, relay: await lab.account('Relay') });
  }

  async people(calls: number): Promise<void> {
    const [lab, run] = [this.#lab, this.#run];
    const [one, other] = [await lab.account(), await lab.account()];
    await run('join', one, this.#newName());
    const name = this.#newName();
    await run('join', other, name);
    const [body] = await lab.sql(`SELECT id FROM agent_profile WHERE name = '${name}'`);
    for (let call = 0; call < calls; call++) {
      await run('act', one, { Say: 'a'.repeat(280) });
      await run('act', one, { Give: { to: Number(body?.['id']), good: 'gold', quantity: 1 } }).catch(refused);
      await run('act', one, { Wait: [] });
    }
    await run('act', one, { Go: 'north' });
    await run('act', one, { Buy: { good: 'salt', quantity: 1, gold: 100 } }).catch(refused);
    // A player may have three open questions.
    for (const agent of [1, 2, 3])
      await run('ask', other, this.#settings.agents / 2 + agent + this.#joined * 10, 'b'.repeat(280));
  }

  async minds(batches: number): Promise<void> {
    const [lab, run, thinker] = [this.#lab, this.#run, this.#roles.thinker];
    for (let batch = 0; batch < batches; batch++) {
      await lab.call('lab_forget_requests');
      await lab.call('lab_ask', LEASES);
      await run('lease', thinker, LEASES);
      for (const [index, { id, epoch }] of (await leasesOf(lab, thinker)).slice(0, 10).entries()) {
        const lease = [id, epoch];
        await run('renew', thinker, ...lease);
        if (index % 2) await run('submit', thinker, ...lease, { Say: 'c'.repeat(280) });
        else await run('give_back', thinker, ...lease, { Refused: [] }, 'd'.repeat(500), 0);
      }
    }
    await lab.call('lab_forget_requests');
  }

  async archive(batches: number): Promise<void> {
    const lab = this.#lab;
    const speaker = await this.#newPlayer();
    for (let said = 0; said < EVENTS * batches; said += 50)
      await Promise.all(Array.from({ length: 50 }, () => lab.callAs(speaker, 'act', { Say: 'e'.repeat(100) })));
    await sleep(this.#settings.retentionMs + 200);
    for (let batch = 0; batch < batches; batch++) {
      const events = (await lab.sql('SELECT * FROM event'))
        .map(archivedEventOfRow)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, EVENTS);
      const upTo = Number(events.at(-1)?.id);
      await this.#run('acknowledge', this.#roles.archivist, upTo, events.length, digest(events));
    }
  }

  /** Each crossing needs a body of its own: nobody comes back from a region that is not there. */
  async borders(crossings: number): Promise<void> {
    const bodies: Account[] = [];
    for (let body = 0; body < crossings; body++) bodies.push(await this.#newPlayer());
    await crossBorders(this.#lab, this.#run, this.#roles.relay, bodies);
  }

  async governing(calls: number): Promise<void> {
    const [lab, run] = [this.#lab, this.#run];
    const { periodMs, round, retentionMs } = this.#settings;
    const somebody = await lab.account();
    for (let call = 0; call < calls / 4; call++) {
      await run('grant_role', lab.owner, identityArgument(somebody), { Archivist: [] });
      await run('revoke_role', lab.owner, identityArgument(somebody));
      await run('set_tempo', lab.owner, periodMs, round, 0);
      await run('set_retention', lab.owner, retentionMs);
      await run('set_mind_policy', lab.owner, { Normal: [] }, 1_000_000_000);
      await run('resume_clock', lab.owner);
      await run('pause_clock_for', lab.owner, 'f'.repeat(280));
      await run('pause_clock', lab.owner);
    }
  }

  /** Somebody new, who has joined; that call is not timed. */
  async #newPlayer(): Promise<Account> {
    const account = await this.#lab.account();
    await this.#lab.callAs(account, 'join', this.#newName());
    return account;
  }

  #newName(): string {
    return `Person ${++this.#joined}`;
  }
}

/** A refusal is expected from somebody with nothing left to give or no stall nearby; anything else is a broken experiment. */
function refused(error: unknown): void {
  if (!(error instanceof Refused)) throw error;
}
