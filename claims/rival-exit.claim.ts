import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TableName } from '../spike/export/file/rows.ts';
import { claim } from './harness/claim.ts';
import { count, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import { of } from './harness/scale.ts';
import { isCutRefused, isLossNoticed } from './instruments/damaged-export.ts';
import {
  belongingsIn,
  belongingsOf,
  countsOf,
  differencesBetween,
  sizeOf,
  type Belongings,
} from './instruments/moved.ts';
import { Movers } from './instruments/movers.ts';
import { exportLab, loadInto, MovedWorld } from './instruments/moving.ts';
import { Cluster } from './instruments/rival-arms.ts';
import { newThinker } from './instruments/thinkers.ts';

const LIVING = of(1_000, 10_000);
const PLAYERS = of(5, 20);
const REFLECTIONS = of(20, 200);
/** Questions that a thinker of the old world is thinking about. */
const LEASED = of(2, 8);
const TICKS = of(10, 100);
const ROUNDS = of(1, 3);
/** A person at the terminal waits this long without wondering. */
const BACK_WITHIN_S = 60;
/** Players who are held wait no longer than they would for a slow page. */
const PAUSE_WITHIN_S = 10;
/** Tables of which the control loses a row. The loader itself refuses a world in which an agent is missing. */
const LOST = of<TableName[]>(
  ['holding', 'think_request'],
  ['holding', 'player', 'role_grant', 'said', 'event', 'think_request', 'think_context'],
);

claim('rival-exit', {
  kind: 'measured',
  set: 'rival',
  minutes: { quick: 2, full: 5 },
  quickRounds: 1,
  starts: ['spike/rival/server/main.ts', 'spike/rival/postgres/postgres-process.ts'],
  why: 'Nobody should enter what they cannot leave. A team that depends on one vendor has to know what leaving costs, and whether anything is lost on the way.',
  method: `A world of ${LIVING.toLocaleString('en')} agents runs at 10 Hz; a tenth of them act in each tick. ${PLAYERS} players speak, and each asks an agent a question; a thinker holds the lease of ${LEASED} questions and answers none; ${REFLECTIONS} agents have an open request in all. \`npm run export\` writes the world to a file at one instant and leaves it standing. The file is loaded into an empty PostgreSQL, and the unchanged game server goes on with it. By the owner's SQL on one side and the game server's own snapshot on the other, everything is compared: agents with place, routine, route, name and persona; goods; players; roles; open think requests with what their minds are told; events; the last words of each place; and the clock. Then the clock goes on for ${TICKS} ticks, a mind there answers the open questions, and each player speaks with a token that their old one was exchanged for. The time counts from the pause to the first tick in the game server. The pause of an export after which the world goes on is measured apart.`,
  control: `From each of ${LOST.length} tables one row of the export is lost, with a checksum to match: the same comparison must notice. A file from which a line was cut must be refused.`,
  figures: {
    differences: count('Rows that were lost, new or different after the move', 'rows'),
    rows: count('Rows compared', 'rows'),
    gold: count('Gold made or lost until the last tick', 'gold'),
    questions: count('Open questions that moved', 'questions'),
    unanswered: count('Open questions that were not answered there', 'questions'),
    others: count('Players whose token led another body, or none', 'players'),
    ticks: count('Ticks lived on', 'ticks'),
    still: samples('From the pause to the first tick in the game server', 's'),
    pause: samples('Pause of an export after which the world goes on', 's'),
    noticed: count('Lost rows that the comparison noticed', 'rows'),
    refused: count('Cut files that were refused', 'files'),
  },
  limits: ({ subject, control }) => [
    subject.differences.never(),
    subject.gold.never(),
    subject.unanswered.never(),
    subject.others.never(),
    subject.rows.atLeast(ROUNDS * LIVING),
    subject.questions.atLeast(ROUNDS * PLAYERS),
    subject.ticks.atLeast(ROUNDS * TICKS),
    full(subject.still.max.atMost(BACK_WITHIN_S)),
    full(subject.pause.max.atMost(PAUSE_WITHIN_S)),
    control.noticed.exactly(ROUNDS * LOST.length),
    control.refused.exactly(ROUNDS),
  ],
  headline: ({ subject }) =>
    `${subject.rows.value.toLocaleString('en')} rows moved in ${ROUNDS} rounds, none lost; ticks again after ${subject.still.max.value.toFixed(1)} s`,
  async run({ lab, scale, subject, control, under }) {
    const cluster = await Cluster.start();
    const room = mkdtempSync(join(tmpdir(), 'spellkave-exit-'));
    try {
      await lab.call('lab_populate', LIVING);
      await lab.call('set_tempo', 100, 10, 0);
      const movers = await Movers.join(lab, PLAYERS);
      const thinker = await newThinker(lab);
      let compared: { before: Belongings; after: Belongings } | undefined;
      await scale.each(async (round) => {
        await lab.call('lab_forget_requests');
        await lab.call('resume_clock');
        await movers.speakAndAsk(round, REFLECTIONS);
        // Their leases end with this world, and their questions do not.
        await lab.callAs(thinker, 'lease', LEASED);
        const file = join(room, `${round}.ndjson`);
        subject.pause.add((await exportLab(lab, `${file}.aside`, false)).heldMs / 1_000);
        const paused = performance.now();
        await exportLab(lab, file, true);
        const { url, drop } = await cluster.database();
        await loadInto(url, file, `${file}.map`);
        const moved = await MovedWorld.start(url, `${file}.map`);
        try {
          const after = belongingsIn(await moved.snapshot());
          subject.still.add(((await moved.goOn()) - paused) / 1_000);
          // Here nothing moves any more, so there is time to compare.
          const before = await belongingsOf(lab);
          compared = { before, after };
          subject.rows.add(sizeOf(before));
          subject.differences.add(differencesBetween(before, after));
          subject.questions.add(PLAYERS);
          const lived = await movers.liveOn(moved, before, TICKS);
          subject.unanswered.add(lived.unanswered);
          subject.others.add(lived.others);
          subject.gold.add(lived.gold);
          subject.ticks.add(lived.ticks);
          for (const table of LOST) control.noticed.add((await isLossNoticed(cluster, file, table, before)) ? 1 : 0);
          control.refused.add((await isCutRefused(cluster, file)) ? 1 : 0);
        } finally {
          await moved.stop();
          await drop();
        }
      }, ROUNDS);
      if (compared) {
        under(countsOf('before', 'On SpacetimeDB, as it stands', compared.before));
        under(countsOf('after', 'In the game server, before it goes on', compared.after));
      }
    } finally {
      await cluster.postgres.stop();
      rmSync(room, { recursive: true, force: true });
    }
  },
});
