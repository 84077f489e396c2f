/**
 * Watchers of a rival server, one connection each: `node rival-watcher-process.ts wire|colyseus URL WATCHERS [PLACE]`.
 * Answers each message `report` of its parent with the ticks since the last one, like `watcher-process.ts`.
 */
import { Client } from '@colyseus/sdk';
import type { PlaceState, WholeState } from '../../spike/rival/colyseus/state.ts';
import { Watcher } from '../../spike/rival/wire/watcher.ts';
import type { Heard } from './rival-arms.ts';

const [kind = '', url = '', count = '1', place] = process.argv.slice(2);
const watchers = Number(count);
const ticks = new Map<number, { dueMs: number; atMs: number[] }>();
let rows = 0;

function see({ tick, dueMs }: { tick: number; dueMs: number }): void {
  const seen = ticks.get(tick) ?? { dueMs, atMs: [] };
  seen.atMs.push(performance.timeOrigin + performance.now());
  ticks.set(tick, seen);
}

async function watchWire(): Promise<void> {
  const scope = place === undefined ? {} : { place: Number(place) };
  await Watcher.connect({
    url,
    ...scope,
    onTick(frame) {
      rows += frame.agents.length;
      see(frame);
    },
  });
}

async function watchColyseus(): Promise<void> {
  const client = new Client(url.replace('ws:', 'http:'));
  const name = place === undefined ? 'everything' : 'place';
  const room = await client.joinOrCreate<WholeState | PlaceState>(name, { place: Number(place) });
  await new Promise<void>((resolve) => {
    room.onStateChange.once(() => resolve());
    // Called when the whole patch is decoded.
    room.onStateChange((state) => see(state));
  });
}

process.on('disconnect', () => process.exit());
process.on('message', () => {
  const complete = [...ticks].filter(([, { atMs }]) => atMs.length === watchers);
  const report: Heard = {
    ticks: complete.map(([tick, { dueMs, atMs }]) => ({ tick, dueMs, delayMs: Math.max(...atMs) - dueMs })),
    rows,
  };
  ticks.clear();
  rows = 0;
  process.send?.(report);
});
await Promise.all(Array.from({ length: watchers }, kind === 'colyseus' ? watchColyseus : watchWire));
process.send?.('watching');
