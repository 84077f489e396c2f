import type { Change } from '../change.ts';
import type { Micros } from '../rows.ts';
import type { World } from '../state.ts';

const MINUTE: Micros = 60_000_000;
const minuteOf = (now: Micros) => Math.floor(now / MINUTE);

/** How many leases this minute still has room for: none while the world stands still or its minds are stopped. */
export function callsLeft({ clock, policy, stats }: World, now: Micros): number {
  if (clock.notice || policy.mode === 'Stopped') return 0;
  return Math.max(0, policy.callsPerMinute - (stats.minute === minuteOf(now) ? stats.calls : 0));
}

export function spend(change: Change, calls: number): void {
  const { stats } = change.world;
  const minute = minuteOf(change.now);
  change.setStats({ minute, calls: (stats.minute === minute ? stats.calls : 0) + calls });
}

/** Takes one call back that was spent at `leasedAt` and never reached a mind, if that was in the present minute. */
export function refund(change: Change, leasedAt: Micros): void {
  const { stats } = change.world;
  const minute = minuteOf(change.now);
  if (stats.minute === minute && minuteOf(leasedAt) === minute)
    change.setStats({ calls: Math.max(0, stats.calls - 1) });
}
