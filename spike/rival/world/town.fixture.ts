import { readMap } from '../../start/map.ts';
import { change, type Change } from './change.ts';
import type { Delta } from './delta.ts';
import { found, populate } from './founding.ts';
import { survey } from './geography.ts';
import { join } from './player.ts';
import { holdingsOf, type World } from './state.ts';
import { advance } from './tick.ts';

const SECOND = 1_000_000;

/** A world of the map file at a moment of its own, in which nobody thinks unless asked. */
export class Town {
  now = 1_000_000 * SECOND;
  readonly world: World;
  /** Everything that happened, in order. */
  readonly deltas: Delta[] = [];

  constructor({ living = 0, actEvery = 1, reflectEvery = 0 } = {}) {
    this.world = found(survey(readMap()), this.now, { periodMs: 100, actEvery, reflectEvery });
    populate(this.world, living);
  }

  tick(count = 1): void {
    for (let tick = 0; tick < count; tick++) {
      this.now = this.world.clock.nextDue;
      this.deltas.push(advance(this.world, this.now));
    }
  }

  /** Lets time pass without a tick. */
  wait(seconds: number): void {
    this.now += seconds * SECOND;
  }

  do<T>(work: (change: Change) => T): T {
    const { result, delta } = change(this.world, this.now, work);
    if (delta) this.deltas.push(delta);
    return result;
  }

  join(name: string): number {
    return this.do((change) => join(change, name, name));
  }

  /** Of each good, over all holders. */
  sums(): number[] {
    const sums = this.world.geography.goods.map(() => 0);
    for (const { good, quantity } of holdingsOf(this.world)) sums[good] = (sums[good] ?? 0) + quantity;
    return sums;
  }
}
