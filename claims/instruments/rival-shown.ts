import { setTimeout as sleep } from 'node:timers/promises';
import type { ArmWorld, Caller } from '../../spike/rival/behaviour/arm.ts';

const SPEAKERS = ['Nils', 'Ada', 'Olaf', 'Runa'];
/** Between two sentences of one player, so that the watcher keeps up. */
const PAUSE_MS = 2;

/** What a watcher was sent before a kill, in sentences, and how many of them the world has lost since. */
export interface Shown {
  shown: number;
  lost: number;
}

/**
 * Players speak and a stranger watches, until the world is killed; then it starts again on what is on disk.
 * @param loadMs how long they speak
 */
export async function killWhileWatched(world: ArmWorld, loadMs: number): Promise<Shown> {
  await world.owner.call('set_tempo', 50, 2, 0);
  const players: Caller[] = [];
  for (const name of SPEAKERS) players.push(await world.player(name));
  const watcher = await world.listen(await world.stranger());
  const said: string[] = [];
  let runs = true;
  const speak = async (player: Caller) => {
    for (let round = 0; runs; round++) {
      // A mark at both ends, because one sentence must not be found inside another.
      const words = `<${player.name} ${round}>`;
      said.push(words);
      await player.call('act', { Say: words });
      await sleep(PAUSE_MS);
    }
  };
  const speaking = Promise.allSettled(players.map(speak));
  await sleep(loadMs);
  await world.crash();
  runs = false;
  await speaking;
  const kept = new Set((await world.census()).events.map(({ words }) => words));
  const shown = said.filter((words) => watcher.heard(words));
  await watcher.close();
  return { shown: shown.length, lost: shown.filter((words) => !kept.has(words)).length };
}
