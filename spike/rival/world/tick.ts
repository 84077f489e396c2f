import { change } from './change.ts';
import type { Delta } from './delta.ts';
import { Refusal } from './refusal.ts';
import { actByRoutine } from './routine.ts';
import type { Change } from './change.ts';
import type { Clock, Micros } from './rows.ts';
import type { World } from './state.ts';

/**
 * Runs the tick that is due next. Ticks are numbered by due times: one that comes a whole period late skips the due times
 * that have passed, and does not race to catch up.
 */
export function advance(world: World, now: Micros): Delta {
  const { delta } = change(world, now, (tick) => runTick(tick, world.clock, now));
  if (!delta) throw new Error('a tick always changes the clock');
  return delta;
}

function runTick(tick: Change, before: Clock, now: Micros): void {
  const { nextTick, nextDue, period } = before;
  const skipped = Math.max(0, Math.floor((now - nextDue) / period));
  tick.setClock({
    ...before,
    tick: nextTick,
    due: nextDue,
    now: tick.now,
    nextTick: nextTick + 1 + skipped,
    nextDue: nextDue + (1 + skipped) * period,
    skipped: before.skipped + skipped,
  });
  actByRoutine(tick, nextTick);
}

/** Starts counting due times from now, as after a pause or a restart. */
export function resume(change: Change): void {
  const { clock } = change.world;
  change.setClock({
    ...clock,
    now: change.now,
    nextTick: clock.tick + 1,
    nextDue: change.now + clock.period,
    paused: false,
    notice: '',
  });
}

/** Stops the ticks; with a notice also what players do, and new leases. */
export function pause(change: Change, notice: string): void {
  change.setClock({ ...change.world.clock, paused: true, notice });
}

/** @throws Refusal when a number is out of its range */
export function setTempo(change: Change, periodMs: number, actEvery: number, reflectEvery: number): void {
  if (periodMs < 10 || periodMs > 60_000) throw new Refusal(`period_ms ${periodMs} is out of range: use 10 to 60000`);
  if (actEvery < 1) throw new Refusal(`act_every ${actEvery} is out of range: use at least 1`);
  change.setClock({ ...change.world.clock, period: periodMs * 1_000, actEvery, reflectEvery });
}

/** @throws Refusal when the world stands still, with the reason */
export function requireRunning({ clock }: World): void {
  if (clock.notice) throw new Refusal(`the world stands still: ${clock.notice}`);
}
