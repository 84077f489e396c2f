import { claim } from './harness/claim.ts';
import { mean, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import { NotMeasured } from './harness/not-measured.ts';
import { of } from './harness/scale.ts';
import { round } from './harness/statistics.ts';
import { requireQuietMachine } from './instruments/quiet.ts';
import { Cluster, PURSE, type Cell, type Store } from './instruments/rival-arms.ts';
import { crowded, lineup } from './instruments/rival-lineup.ts';
import { nameOf, RivalTable } from './instruments/rival-table.ts';
import { watchTicks } from './instruments/rival-watched.ts';
import { number } from './number.ts';

const LIVING = of(1_000, 10_000);
/** What the world needs: a tick reaches everybody before the next one is due. */
const IN_TIME_MS = 100;
const TICKS = of(10, 40);
const ROUNDS = of(1, 3);
const STORES = of<Store[]>(['rows', 'log'], ['rows', 'log', 'write-behind']);

const NEEDED: Cell = { acting: 1_000, watchers: 10 };
const BUSIEST: Cell = { acting: 10_000, watchers: 1 };

claim('rival-live', {
  kind: 'measured',
  set: 'rival',
  minutes: { quick: 3, full: 22 },
  starts: [
    'claims/instruments/{watcher,rival-watcher}-process.ts',
    'spike/rival/{server,database,colyseus}/main.ts',
    'spike/rival/postgres/postgres-process.ts',
  ],
  why: 'Anyone who chooses a runtime asks first how fast it is. Without the same world on a game server with PostgreSQL, the answer would be a belief.',
  method: `The same world of ${LIVING.toLocaleString('en')} agents on the same cores, one arm after the other in each round: SpacetimeDB; a game server on Node with its state in memory and one of three stores in PostgreSQL; PostgreSQL as the truth, with set-based SQL; Colyseus in memory. One third of those who act patrols, one third trades and one third wanders, with full purses. Watchers are those of the claim audience: one connection each, all in one process, and a tick has reached them when the last one has decoded its rows. All but the arms called “on” commit without waiting for the disk and may lose half a second at most (for PostgreSQL wal_writer_delay is 167 ms); Colyseus keeps nothing. PostgreSQL writes a checkpoint before each round. Processor time is that of server and database, or host; the watchers have their own column.`,
  control:
    'The store of rows without room in its pages (fillfactor 100): the share of updates that stay in their page must fall.',
  figures: {
    inTime: mean(`Ticks that reach 10 watchers of everything within ${IN_TIME_MS} ms, 1,000 acting`, '%'),
    due: samples('Due time to the last of 10 watchers, 1,000 acting', 'ms', {
      subject: 'SpacetimeDB',
      baseline: 'game server, log in PostgreSQL',
    }),
    hot: mean('Updates of agents that stay in their page', '%'),
  },
  limits: ({ subject, baseline, control }) => [
    full(subject.due.p99.atMost(IN_TIME_MS)),
    subject.inTime.atLeast(of(10, 99)),
    // A rival that could not do it would be a straw man.
    baseline.inTime.atLeast(of(10, 99)),
    baseline.hot.atLeast(of(50, 95)),
    control.hot.atMost(of(99, 90)),
  ],
  headline: ({ subject, baseline }) => {
    const [own, rival] = [subject.due.p50.value, baseline.due.p50.value];
    return `p50 ${number(round(own))} ms; log in PostgreSQL ${number(round(rival))} ms, ${(own / rival).toFixed(1)} × sooner`;
  },
  async run({ lab, scale, subject, baseline, control, under }) {
    requireQuietMachine();
    await lab.call('lab_populate', LIVING);
    await lab.sql(`UPDATE holding SET quantity = ${PURSE}`);
    await lab.call('pause_clock');
    const [world] = await lab.sql('SELECT newcomer_place FROM world');
    const cells = cellsFor(Number(world?.['newcomer_place']));
    const cluster = await Cluster.start();
    const hot: number[] = [];
    const arms = lineup(lab, cluster, { living: LIVING, stores: STORES, hotIn: isSame(NEEDED), hot });
    const table = new RivalTable();
    try {
      await scale.each(async () => {
        await cluster.query('checkpoint');
        for (const cell of cells)
          for (const arm of arms.filter(({ everywhere }) => everywhere || isDurable(cell))) {
            const watched = await watchTicks(arm, cell, TICKS);
            table.add(arm, cell, watched);
            const figures = { spacetimedb: subject, log: baseline }[arm.name];
            if (!figures || !isSame(NEEDED)(cell)) continue;
            figures.due.add(...watched.delays);
            figures.inTime.add((watched.delays.filter((ms) => ms <= IN_TIME_MS).length / TICKS) * 100);
          }
        baseline.hot.add(...hot.splice(0));
        await watchTicks(crowded(cluster, LIVING, hot), NEEDED, TICKS);
        control.hot.add(...hot.splice(0));
      }, ROUNDS);
    } finally {
      await cluster.postgres.stop();
    }
    // A full run needs an idle machine, and there this would be a result.
    if (of(true, false) && [subject, baseline].some(({ due }) => due.added.length === 0))
      throw new NotMeasured('no tick of this quick run reached all 10 watchers, because the machine has other work');
    for (const condition of table.conditions) under(condition);
    const spacetimedb = { name: 'spacetimedb', label: 'SpacetimeDB' };
    const factors = table.factors(spacetimedb, { name: 'log', label: 'the game server with a log' }, cells);
    if (factors) under(factors);
  },
});

function cellsFor(place: number): Cell[] {
  if (LIVING < BUSIEST.acting) return [NEEDED];
  return [
    { acting: 1_000, watchers: 1 },
    NEEDED,
    { acting: 1_000, watchers: 50 },
    { acting: 1_000, watchers: 50, place },
    BUSIEST,
    { acting: 10_000, watchers: 10, place },
  ];
}

const isSame = (one: Cell) => (other: Cell) => nameOf(one) === nameOf(other);
const isDurable = (cell: Cell) => LIVING >= BUSIEST.acting && [NEEDED, BUSIEST].some(isSame(cell));
