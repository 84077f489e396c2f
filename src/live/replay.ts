import type { News } from './news.ts';

/** A run of a real world, as it arrived; made by `npm run record:live`. */
export interface Recording {
  /** How this file comes about. */
  generated: string;
  /** In ISO 8601. */
  recordedAt: string;
  /** The version that the host reported. */
  host: string;
  /** When each piece of news came, in milliseconds since the first. */
  news: [number, News][];
}

const STEP_MS = 50;
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** When and on what it was recorded, in words. */
export function recordedWhen({ recordedAt, host }: Recording): string {
  return `recorded ${moment.format(new Date(recordedAt))} UTC on host ${host}, and repeated`;
}

/** Tells a recording at the pace at which it was recorded, again and again. @returns what stops it */
export function replay({ news }: Recording, tell: (news: News) => void): () => void {
  let [next, began] = [0, performance.now()];
  const step = () => {
    if (next === news.length) [next, began] = [0, performance.now()];
    const elapsed = performance.now() - began;
    for (let entry = news[next]; entry && entry[0] <= elapsed; entry = news[next]) {
      tell(entry[1]);
      next++;
    }
  };
  step();
  const timer = setInterval(step, STEP_MS);
  return () => clearInterval(timer);
}
