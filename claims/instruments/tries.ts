import { setTimeout as sleep } from 'node:timers/promises';
import { BadRequest, Refused } from '../../spike/host/api.ts';

export interface Counts {
  refused: number;
  done: number;
  /** Refusals that do not say why. */
  speechless: number;
}

/** Silence is not a refusal. */
const PATIENCE_MS = 5_000;

/** Counts what became of illegal acts, by kind. */
export class Tries {
  readonly byKind: Record<string, Counts> = {};

  /**
   * @param isRefusal which errors count as a refusal
   * @throws Error when the act failed in any other way, or had no answer: then the experiment is broken
   */
  async try(kind: string, isRefusal: (error: Error) => boolean, act: () => Promise<unknown>): Promise<void> {
    const counts = (this.byKind[kind] ??= { refused: 0, done: 0, speechless: 0 });
    const given = new AbortController();
    const silence = sleep(PATIENCE_MS, undefined, { ref: false, signal: given.signal }).then(() => {
      throw new Error(`${kind}: no answer within ${PATIENCE_MS} ms`);
    });
    silence.catch(() => {});
    try {
      await Promise.race([act(), silence]);
      counts.done++;
    } catch (error) {
      if (!(error instanceof Error && isRefusal(error))) throw new Error(`${kind}: ${String(error)}`, { cause: error });
      counts.refused++;
      if (!/[a-z]{3}/i.test(error.message)) counts.speechless++;
    } finally {
      given.abort();
    }
  }

  total(of: keyof Counts): number {
    return Object.values(this.byKind).reduce((sum, counts) => sum + counts[of], 0);
  }
}

/** The world refused, or the host did because the arguments have another shape than the reducer's. */
export const byWorldOrForShape = (error: Error): boolean => error instanceof Refused || error instanceof BadRequest;

/** The world refused because of who called. A bad request or a trap is not that. */
export const forRole = (error: Error): boolean =>
  error instanceof Refused && /only the role \w+ may|only the world's own scheduler may/.test(error.message);

/** The host refused in words like these. */
export const inWords =
  (words: RegExp) =>
  (error: Error): boolean =>
    words.test(error.message);
