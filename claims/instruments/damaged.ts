import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Commit } from '../../spike/host/commit-log.ts';
import { SYNCED_MS, type BusyWorld } from './busy.ts';
import { damage, type Damage } from './damage.ts';
import { newestSegment } from './data-folder.ts';
import { killHost } from './host-process.ts';
import { closedCopy, openWorld, type Closed, type OpenWorld } from './opening.ts';
import { faultsOf } from './soundness.ts';

/** What became of a world whose log was damaged. */
export interface End {
  outcome: 'earlier' | 'refused' | 'wordless' | 'inconsistent' | 'hung';
  /** It was opened and lacks answered sentences, although more than the last pages of the log are behind the damage. */
  isUnnoticed: boolean;
  /** What was said after it was opened was gone after the next start. */
  isLostAgain: boolean;
}

/** The reason with which a start ends, or a host answers when it cannot open a database or start at all. */
const REASON =
  /is damaged: its entry at byte|failed to get or launch module host: \S|The host did not come up[^\n]*\n\S/;

/**
 * Damages the log of a copy of a stopped world, lets a host open the copy, and deletes it.
 * @param isBare the host opens whatever it opens, without the check that precedes our starts
 */
export async function openDamaged(
  world: BusyWorld,
  commits: Commit[],
  { folder, isBare, ...harm }: Damage & { folder: string; isBare: boolean },
): Promise<End> {
  const closed = { ...closedCopy(world.lab, folder), acceptDamage: isBare };
  rmSync(join(folder, 'host.log'), { force: true });
  damage(newestSegment(folder), harm);
  try {
    const opening = await openWorld(closed);
    const not = { isUnnoticed: false, isLostAgain: false };
    if (opening.outcome === 'hangs') return { outcome: 'hung', ...not };
    if (opening.outcome === 'refused')
      return { outcome: REASON.test(opening.message) ? 'refused' : 'wordless', ...not };
    const opened = opening.world;
    const faults = await faultsOf(opened, world.known);
    if (faults.length > 0) console.log(`${harm.kind} at ${harm.at}: ${faults.join('; ')}`);
    const isUnnoticed = (await lacksWords(opened, world)) && goesOnBehind(harm, commits);
    const isLostAgain = await forgetsNext(opened, closed, world);
    return { outcome: faults.length > 0 ? 'inconsistent' : 'earlier', isUnnoticed, isLostAgain };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function lacksWords(opened: OpenWorld, { answered }: BusyWorld): Promise<boolean> {
  const kept = new Set((await opened.sql('SELECT words FROM event')).map(({ words }) => String(words)));
  return [...answered.keys()].some((words) => !kept.has(words));
}

/** Whether whole commits follow those that the damage touches. A cut leaves none. */
function goesOnBehind({ kind, at }: Damage, commits: Commit[]): boolean {
  return kind !== 'cut' && commits.some((commit) => commit.at > at + 4_096);
}

/** Says one more sentence, ends the host once that is synced, and starts it again. A world without players has no say. */
async function forgetsNext(opened: OpenWorld, closed: Closed, { speakers }: BusyWorld): Promise<boolean> {
  const [speaker] = speakers;
  const players = await opened.sql('SELECT * FROM player');
  if (speaker && players.length > 0) {
    await opened.callAs(speaker, 'act', { Say: 'Afterwards.' });
    await sleep(SYNCED_MS);
  }
  await killHost(opened.host);
  if (players.length === 0) return false;
  const again = await openWorld(closed);
  if (again.outcome !== 'opened') return true;
  const kept = (await again.world.sql('SELECT words FROM event')).some(({ words }) => words === 'Afterwards.');
  await killHost(again.world.host);
  return !kept;
}
