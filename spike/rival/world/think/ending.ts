import type { Change } from '../change.ts';
import type { Micros, ThinkRequest } from '../rows.ts';

const KEEP_ENDED: Micros = 60_000_000;

/** Ends a request. The reaper removes it after a while. */
export function end(
  change: Change,
  row: ThinkRequest,
  state: 'Done' | 'Dead' | 'Expired',
  event: number,
  reason: string,
): void {
  const { stats } = change.world;
  const counter = ({ Done: 'done', Dead: 'dead', Expired: 'expired' } as const)[state];
  change.setStats({ [counter]: stats[counter] + 1 });
  change.setRequest({ ...row, state, event, reason, reapAt: change.now + KEEP_ENDED });
}
