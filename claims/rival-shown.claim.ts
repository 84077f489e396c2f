import type { Condition } from './condition.ts';
import { openSpacetimeDb } from '../spike/rival/behaviour/spacetimedb.fixture.ts';
import type { ArmWorld } from '../spike/rival/behaviour/arm.ts';
import { claim } from './harness/claim.ts';
import { count } from './harness/figures.ts';
import { of } from './harness/scale.ts';
import { killWhileWatched, type Shown } from './instruments/rival-shown.ts';
import { openOnSlowDisk } from './instruments/rival-slow-disk.ts';

const KILLS = of(1, 5);
const LOAD_MS = of(500, 1_000);
/** Sentences that a watcher must have seen before each kill. A commit on the slow disk takes 50 ms, for all four speakers. */
const FEWEST = of(8, 20);

const HONEST = ['--store', 'log'];
const EARLY = [...HONEST, '--break', 'push-early'];

claim('rival-shown', {
  kind: 'measured',
  set: 'rival',
  minutes: { quick: 3, full: 5 },
  starts: ['spike/rival/server/main.ts', 'spike/rival/postgres/postgres-process.ts'],
  why: 'Somebody who saw an act may have reacted to it, here or outside. If the world takes the act back, the reaction stands alone.',
  method:
    'Four players speak while a stranger watches. The game server stores its log in PostgreSQL with synchronous_commit=on, on a disk that is made slow: commit_delay adds 50 ms to each commit, so that a kill always falls into one. Server and database are killed with SIGKILL at the same moment, at another point of each run, and start again on what is on disk. What the watcher was sent before is compared with the events of the restarted world. SpacetimeDB 1.2.0 offers no such commit: it sends first and syncs every 500 ms; what it lost under the same load is a figure without a limit.',
  control:
    'The same server pushes before the commit has settled: the same comparison must find sentences that the watcher saw and the world lost.',
  figures: {
    lost: count('Sentences that a watcher was sent and the kill took back', 'sentences'),
    shown: count('Sentences that a watcher was sent before the kills', 'sentences'),
  },
  limits: ({ subject, control }) => [
    subject.lost.never(),
    subject.shown.atLeast(KILLS * FEWEST),
    control.lost.atLeast(KILLS),
  ],
  headline: ({ subject }) => `${subject.shown.value} sentences shown, ${subject.lost.value} taken back`,
  async run({ scale, subject, control, under }) {
    const own: Shown[] = [];
    await scale.each(async (kill) => {
      const afterMs = LOAD_MS + ((kill * 377) % 500);
      for (const [figures, options] of [
        [subject, HONEST],
        [control, EARLY],
      ] as const) {
        const { shown, lost } = await killOnce(() => openOnSlowDisk(options), afterMs);
        figures.shown.add(shown);
        figures.lost.add(lost);
      }
      if (KILLS > 1) own.push(await killOnce(openSpacetimeDb, afterMs));
    }, KILLS);
    if (own.length > 0) under(conditionOf(own));
  },
});

async function killOnce(open: () => Promise<ArmWorld>, afterMs: number): Promise<Shown> {
  const world = await open();
  try {
    return await killWhileWatched(world, afterMs);
  } finally {
    await world.close();
  }
}

function conditionOf(kills: Shown[]): Condition {
  const sum = (name: keyof Shown) => kills.reduce((total, kill) => total + kill[name], 0);
  return {
    name: 'spacetimedb',
    label: 'SpacetimeDB 1.2.0, which sends before it syncs',
    figures: [
      { name: 'lost', label: 'Sentences sent and taken back', unit: 'sentences', value: sum('lost') },
      { name: 'shown', label: 'Sentences sent before the kills', unit: 'sentences', value: sum('shown') },
    ],
  };
}
