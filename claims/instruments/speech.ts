import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab } from '../harness/lab.ts';

/** Between the answer to one call and the next call of the same speaker. */
const PAUSE_MS = 8;

/** Players who talk all the time, each waiting for the world's answer before the next sentence. */
export class Speech {
  #said = 0;
  #speaking = true;
  readonly #ended: Promise<PromiseSettledResult<void>[]>;

  constructor(lab: Lab, speakers: number) {
    const all = Array.from({ length: speakers }, (_, index) => this.#speak(lab, `Speaker ${index}`));
    // A speaker that fails does so before `stop`, which reports it.
    this.#ended = Promise.allSettled(all);
  }

  /** Sentences sent so far. */
  get said(): number {
    return this.#said;
  }

  /** @throws Error when a call of a speaker failed */
  async stop(): Promise<void> {
    this.#speaking = false;
    for (const speaker of await this.#ended) if (speaker.status === 'rejected') throw speaker.reason;
  }

  async #speak(lab: Lab, name: string): Promise<void> {
    const account = await lab.account();
    await lab.callAs(account, 'join', name);
    while (this.#speaking) {
      await lab.callAs(account, 'act', { Say: `Word ${++this.#said}.` });
      await sleep(PAUSE_MS);
    }
  }
}
