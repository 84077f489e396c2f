import type { Condition } from './condition.ts';
import type { ArmWorld } from '../spike/rival/behaviour/arm.ts';
import { crashUnderLoad, sumsOf, type Outcome } from '../spike/rival/behaviour/crash.ts';
import { openSpacetimeDb } from '../spike/rival/behaviour/spacetimedb.fixture.ts';
import { claim } from './harness/claim.ts';
import { count, samples } from './harness/figures.ts';
import { of } from './harness/scale.ts';
import { quantileOf, round } from './harness/statistics.ts';
import { openRivalWithDatabase } from './instruments/killed-arms.ts';

/** The pinned host syncs this often; PostgreSQL may lose three times its wal_writer_delay of 167 ms. */
const PROMISED_MS = 501;
const KILLS = of(1, 5);
/** The load before each kill lasts for so long and a part of a second more, so that a loss can be older than the promise. */
const LOAD_MS = 1_000;
/** Often enough that a crash finds a snapshot of the log behind it. */
const SNAPSHOT_EVERY = '20';

interface Arm {
  name: string;
  label: string;
  open: () => Promise<ArmWorld>;
}

const rival = (name: string, label: string, durability: 'on' | 'off', ...more: string[]): Arm => ({
  name: durability === 'on' ? `${name}-on` : name,
  label: `game server, ${label}`,
  open: () => openRivalWithDatabase(durability, ['--store', name, '--snapshot-every', SNAPSHOT_EVERY, ...more]),
});

const SPACETIMEDB: Arm = { name: 'spacetimedb', label: 'SpacetimeDB', open: openSpacetimeDb };
const LOG = rival('log', 'log', 'off');
const DROPPED = rival('log', 'log, whose commits write nothing', 'off', '--break', 'drop-flush');
const OTHERS = of<Arm[]>(
  [],
  [
    rival('rows', 'rows', 'off'),
    rival('write-behind', 'write-behind', 'off'),
    rival('log', 'log, waits for the disk', 'on'),
    rival('rows', 'rows, waits for the disk', 'on'),
  ],
);

claim('rival-loss', {
  kind: 'measured',
  set: 'rival',
  minutes: { quick: 3, full: 12 },
  starts: ['spike/rival/server/main.ts', 'spike/rival/postgres/postgres-process.ts'],
  why: 'How much a crash takes back decides what a client may do after an answer. A comparison of speed alone would reward the arm that writes least.',
  method: `On each arm in turn, players speak, pay each other and walk, and a thinker answers, until the server is killed with SIGKILL in the middle of it; with the game server its PostgreSQL dies at the same moment, with SpacetimeDB the host. Both start again on what is on disk. The loss of a kill is the age of the oldest acknowledged sentence that is missing then. The sums of gold and goods must be as before. This is the loss of processes, not of power. Unless the label says that it waits for the disk, PostgreSQL runs with synchronous_commit=off and a wal_writer_delay of 167 ms, which pairs it with the host’s sync every 500 ms.`,
  control: 'The store of the log acknowledges and writes nothing: the same check must find a loss beyond the promise.',
  figures: {
    loss: samples('Age of the oldest acknowledged act that was lost', 'ms'),
    broken: count('Kills after which gold or goods were made or lost', 'kills'),
    acknowledged: count('Acts acknowledged before the kills', 'acts'),
  },
  limits: ({ subject, baseline, control }) => [
    subject.loss.max.atMost(PROMISED_MS),
    subject.broken.never(),
    baseline.loss.max.atMost(PROMISED_MS),
    baseline.broken.never(),
    subject.acknowledged.atLeast(KILLS * 50),
    control.loss.max.atLeast(PROMISED_MS),
  ],
  headline: ({ subject, baseline }) =>
    `at worst ${Math.round(subject.loss.max.value)} ms lost; log in PostgreSQL ${Math.round(baseline.loss.max.value)} ms`,
  async run({ scale, subject, baseline, control, under }) {
    const seen = new Map<Arm, Outcome[]>();
    await scale.each(async (kill) => {
      for (const arm of [SPACETIMEDB, LOG, ...OTHERS]) {
        const outcome = await killOnce(arm, kill);
        seen.set(arm, [...(seen.get(arm) ?? []), outcome]);
        const figures = arm === SPACETIMEDB ? subject : arm === LOG ? baseline : undefined;
        figures?.loss.add(lossOf(outcome));
        figures?.broken.add(isConserved(outcome) ? 0 : 1);
        figures?.acknowledged.add(outcome.acknowledged);
      }
      control.loss.add(lossOf(await killOnce(DROPPED, kill)));
    }, KILLS);
    for (const [arm, outcomes] of seen) under(conditionOf(arm, outcomes));
  },
});

/** A world of its own for each kill, so that no arm starts with the log of the last one. */
async function killOnce({ open }: Arm, kill: number): Promise<Outcome> {
  const world = await open();
  try {
    return await crashUnderLoad(world, LOAD_MS + ((kill * 377) % 500));
  } finally {
    await world.close();
  }
}

const lossOf = ({ lost }: Outcome) => Math.max(0, ...lost);
const isConserved = ({ census, founded }: Outcome) => JSON.stringify(sumsOf(census)) === JSON.stringify(founded);

function conditionOf({ name, label }: Arm, outcomes: Outcome[]): Condition {
  const losses = outcomes.map(lossOf);
  const walks = outcomes.map(({ astray }) => Math.max(0, ...astray));
  const still = outcomes.map(({ standstillMs }) => standstillMs);
  const figure = (name: string, label: string, unit: string, value: number) => ({
    name,
    label,
    unit,
    value: round(value),
  });
  return {
    name,
    label,
    figures: [
      figure('loss', 'Oldest acknowledged act lost, worst kill', 'ms', Math.max(...losses)),
      figure('walk', 'Oldest acknowledged walk lost, worst kill', 'ms', Math.max(...walks)),
      figure('broken', 'Kills that made or lost goods', 'kills', outcomes.filter((one) => !isConserved(one)).length),
      figure('still.p50', 'Kill to first tick, p50', 'ms', quantileOf(still, 0.5)),
      figure('still.max', 'Kill to first tick, worst', 'ms', Math.max(...still)),
      figure(
        'acts',
        'Acts acknowledged',
        'acts',
        outcomes.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
      ),
    ],
  };
}
