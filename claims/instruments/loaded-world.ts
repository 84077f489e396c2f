import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../../spike/host/api.ts';
import type { Lab } from '../harness/lab.ts';
import { killHost } from './host-process.ts';
import { leasesOf } from './requests.ts';
import { newThinker } from './thinkers.ts';

/** What was done before a kill, and what the kill undid. */
export interface Crash {
  answered: number;
  thoughts: number;
  lost: number;
  /** Age of the oldest answered call that was lost. */
  lossMs: number;
}

interface Speaker extends Account {
  agent: number;
}

/** A world in which everybody acts as fast as the host answers, until the host is killed. */
export class LoadedWorld {
  readonly #lab: Lab;
  readonly #speakers: Speaker[];
  readonly #thinker: Account;
  readonly #asked: number;
  #isRunning = false;

  private constructor(lab: Lab, speakers: Speaker[], thinker: Account, asked: number) {
    this.#lab = lab;
    this.#speakers = speakers;
    this.#thinker = thinker;
    this.#asked = asked;
  }

  /**
   * @param speaking players
   * @param asked agents; each has an open request when the load begins
   */
  static async found(lab: Lab, speaking: number, asked: number): Promise<LoadedWorld> {
    const speakers = await Promise.all(Array.from({ length: speaking }, (_, index) => join(lab, `Speaker ${index}`)));
    const thinker = await newThinker(lab);
    await lab.call('set_tempo', 100, 10, 0);
    await lab.call('lab_populate', asked);
    return new LoadedWorld(lab, speakers, thinker, asked);
  }

  /**
   * Kills the host after a time under load, and starts it again on the same data.
   * @param kill names the words of this time; another one for each
   */
  async crash(kill: number, loadMs: number): Promise<Crash> {
    const answered = new Map<string, number>();
    let thoughts = 0;
    await this.#lab.call('lab_ask', this.#asked);
    this.#isRunning = true;
    const speaking = this.#speakers.map((speaker, index) => this.#speak(answered, kill, speaker, index));
    const load = [...speaking, this.#keepThinking(() => thoughts++)].map((each) => each.catch(() => {}));
    await sleep(loadMs);
    let killedMs = 0;
    await this.#lab.restart(async (host) => {
      killedMs = Date.now();
      await killHost(host);
      this.#isRunning = false;
      await Promise.all(load);
    });
    const heard = new Set((await this.#lab.sql('SELECT words FROM event')).map(({ words }) => String(words)));
    const lost = [...answered].filter(([text, atMs]) => atMs < killedMs && !heard.has(text)).map(([, atMs]) => atMs);
    return {
      answered: answered.size,
      thoughts,
      lost: lost.length,
      lossMs: lost.length > 0 ? killedMs - Math.min(...lost) : 0,
    };
  }

  /** Leases open requests once, and submits a thought for each lease. */
  async think(onAccepted = () => {}): Promise<void> {
    await this.#lab.callAs(this.#thinker, 'lease', 20);
    for (const { id, epoch } of await leasesOf(this.#lab)) {
      await this.#lab.callAs(this.#thinker, 'submit', id, epoch, { Say: `Thought ${id}.` });
      onAccepted();
    }
  }

  async #keepThinking(onAccepted: () => void): Promise<void> {
    while (this.#isRunning) await this.think(onAccepted);
  }

  async #speak(answered: Map<string, number>, kill: number, speaker: Speaker, index: number): Promise<void> {
    const other = this.#speakers[(index + 1) % this.#speakers.length] as Speaker;
    const act = (action: unknown) => this.#lab.callAs(speaker, 'act', action);
    for (let word = 0; this.#isRunning; word++) {
      const text = `${kill}, ${index}, ${word}`;
      await act({ Say: text });
      answered.set(text, Date.now());
      if (word % 5 === 0) await act({ Give: { to: other.agent, good: 'gold', quantity: 1 } }).catch(ignoreRefusal);
    }
  }
}

async function join(lab: Lab, name: string): Promise<Speaker> {
  const account = await lab.account();
  await lab.callAs(account, 'join', name);
  const [profile] = await lab.sql(`SELECT id FROM agent_profile WHERE name = '${name}'`);
  return { ...account, agent: Number(profile?.['id']) };
}

/** A refused gift, of somebody who has nothing left, is an answer; a dead host is not. */
function ignoreRefusal(error: Error): void {
  if (!/there are only/.test(error.message)) throw error;
}
