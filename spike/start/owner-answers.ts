import type { Heartbeat } from './heartbeat.ts';
import type { Keeper } from './keeper.ts';
import type { ThoughtWatch } from './thought-watch.ts';
import type { Thinkers } from './thinkers.ts';

export interface OwnerAnswersOptions {
  host: Keeper;
  thinkers: Thinkers;
  heartbeat: Heartbeat;
  /** Opened with the first look: without a page nobody follows the thoughts. */
  openWatch: () => ThoughtWatch;
}

/** What the owner's page may ask of `npm start`: how everything is, and to break something on purpose. */
export function ownerAnswers({ host, thinkers, heartbeat, openWatch }: OwnerAnswersOptions) {
  let watch: ThoughtWatch | undefined;
  return {
    look(asked: unknown) {
      watch ??= openWatch();
      const { era = 0, next = 0 } = (asked ?? {}) as { era?: number; next?: number };
      return {
        hostIsUp: host.isUp,
        thinkers: thinkers.up,
        lies: thinkers.lies,
        lateMs: heartbeat.worstMs,
        whole: watch.wholeness(),
        thoughts: watch.news({ era, next }),
      };
    },
    'kill-thinker': () => thinkers.kill(),
    'kill-host': () => host.kill(),
    'second-thinker': (asked: unknown) => thinkers.setSecond(isOn(asked)),
    lie: (asked: unknown) => thinkers.setLying(isOn(asked)),
  };
}

function isOn(asked: unknown): boolean {
  const { on } = (asked ?? {}) as { on?: unknown };
  if (typeof on !== 'boolean') throw new Error(`on is ${String(on)}: use true or false`);
  return on;
}
