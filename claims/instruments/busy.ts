import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../../spike/host/api.ts';
import type { Lab } from '../harness/lab.ts';
import { leasesOf } from './requests.ts';
import { noteSums, type KnownSums } from './soundness.ts';
import { newThinker } from './thinkers.ts';

const SPEAKERS = 8;
const INHABITANTS = 100;
/** Longer than the interval at which the pinned host syncs its log. */
export const SYNCED_MS = 700;

/** A player and the id of its body. */
interface Speaker extends Account {
  agent: number;
}

/**
 * A world in which players speak and give, a thinker submits, and half of the agents act in each tick. The words of a
 * speaker are numbered from 0 in each stretch of its life, so a world that lost a word and kept a later one can be told.
 */
export class BusyWorld {
  readonly lab: Lab;
  readonly known: KnownSums;
  readonly speakers: Speaker[];
  /** When each sentence was answered, in milliseconds since 1970. */
  readonly answered = new Map<string, number>();
  thoughts = 0;
  readonly #thinker: Account;
  #lives = false;

  private constructor(lab: Lab, known: KnownSums, speakers: Speaker[], thinker: Account) {
    this.lab = lab;
    this.known = known;
    this.speakers = speakers;
    this.#thinker = thinker;
  }

  /** Lets everybody in, and waits until the log of it is on the disk. */
  static async found(lab: Lab): Promise<BusyWorld> {
    const known: KnownSums = new Map();
    await noteSums(lab, known);
    await lab.call('lab_populate', INHABITANTS);
    await noteSums(lab, known);
    const speakers: Speaker[] = [];
    for (let index = 0; index < SPEAKERS; index++) {
      speakers.push(await joinAs(lab, `Speaker ${index}`));
      await noteSums(lab, known);
    }
    const thinker = await newThinker(lab);
    await lab.call('set_tempo', 100, 2, 0);
    await sleep(SYNCED_MS);
    return new BusyWorld(lab, known, speakers, thinker);
  }

  /**
   * Lets all of them act as fast as the host answers.
   * @param stretch names the words of this time; another one for each
   */
  async live(stretch: number, forMs: number): Promise<void> {
    const end = await this.start(stretch);
    await sleep(forMs);
    await end();
  }

  /** The same until the returned function is called. A call that the end of the host cuts off is not answered. */
  async start(stretch: number): Promise<() => Promise<void>> {
    await this.lab.call('lab_ask', INHABITANTS);
    this.#lives = true;
    const all = [...this.speakers.map((speaker, index) => this.#speak(stretch, speaker, index)), this.#think()];
    const ended = Promise.all(all.map((each) => each.catch(() => {})));
    return async () => {
      this.#lives = false;
      await ended;
    };
  }

  async #speak(stretch: number, speaker: Speaker, index: number): Promise<void> {
    const other = this.speakers[(index + 1) % this.speakers.length] as Speaker;
    for (let word = 0; this.#lives; word++) {
      const text = `${stretch}, ${index}, ${word}`;
      await this.lab.callAs(speaker, 'act', { Say: text });
      this.answered.set(text, Date.now());
      if (word % 5 !== 0) continue;
      const gift = { Give: { to: other.agent, good: 'gold', quantity: 1 } };
      await this.lab.callAs(speaker, 'act', gift).catch(ignoreRefusal);
    }
  }

  async #think(): Promise<void> {
    for (; this.#lives; await sleep(1)) {
      await this.lab.callAs(this.#thinker, 'lease', 20);
      for (const { id, epoch } of await leasesOf(this.lab)) {
        await this.lab.callAs(this.#thinker, 'submit', id, epoch, { Say: `Thought ${id}.` });
        this.thoughts++;
      }
    }
  }
}

/** Somebody new who plays. */
async function joinAs(lab: Lab, name: string): Promise<Speaker> {
  const account = await lab.account();
  await lab.callAs(account, 'join', name);
  const [profile] = await lab.sql(`SELECT id FROM agent_profile WHERE name = '${name}'`);
  return { ...account, agent: Number(profile?.['id']) };
}

/** A refused gift, of somebody who has nothing left, is an answer; a dead host is not. */
function ignoreRefusal(error: Error): void {
  if (!/there are only/.test(error.message)) throw error;
}
