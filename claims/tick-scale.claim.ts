import { buildModule } from '../spike/host/module.ts';
import { readMap } from '../spike/start/map.ts';
import { claim } from './harness/claim.ts';
import { count, mean, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { of } from './harness/scale.ts';
import { quantileOf } from './harness/statistics.ts';
import { ReducerTimes } from './instruments/reducer-times.ts';

const ACTING = 1_000;
const LIVING = of(20_000, 100_000);
const WORDS = LIVING.toLocaleString('en');
const PERIOD_MS = 100;
/** Agents that one call adds: it holds the writer for some 50 ms, and no longer. */
const ADDED_AT_ONCE = 10_000;
const SETTLE = 5;
const CROWD = 'crowd';

claim('tick-scale', {
  kind: 'measured',
  minutes: { quick: 3, full: 6 },
  why: 'A world has many more inhabitants than deeds. Where the sleeping cost as much as the awake, every newcomer would slow everybody down.',
  method:
    'Two lab worlds on one host: in one 1,000 agents live, and all of them act in every tick; in the other 100,000 live (20,000 in a quick run), and take turns in groups of 1,000. A third of them patrol, a third trade, a third wander; the owner fills every purse and stall, so that traders strike as many bargains in both worlds. The clocks run in turn, never both. The cost of a tick is what the host itself says that its reducer took, commit included; the figure is the ratio of the medians.',
  control: 'All who live in the second world act in every tick.',
  figures: {
    ratio: mean('Cost of a tick, against 1,000 alone', '×'),
    rows: mean('Rows written in a tick', 'rows'),
    cost: samples('Cost of a tick', 'ms', {
      baseline: '1,000 living, all act',
      subject: `${WORDS} living, 1,000 act`,
    }),
    missed: count('Ticks missed', 'ticks'),
  },
  limits: ({ subject, baseline, control }) => [
    // Half as much again leaves room for what a larger table may cost a machine (its caches), and for nothing that grows
    // with the number of the living: 100 times as many would then show as much more.
    subject.ratio.atMost(1.5),
    // Otherwise it would be cheaper only because less happens in it.
    subject.rows.atLeast(0.95 * Math.min(...baseline.rows.rounds)),
    // A tick that costs by the living costs at least a tenth of their number times as much, whatever else is in it.
    control.ratio.atLeast(LIVING / ACTING / 10),
    // 20,000 who act may still fit into a period; 100,000 cannot.
    full(control.missed.atLeast(1)),
  ],
  headline: ({ subject }) => `${subject.ratio.value.toFixed(2)} × of 1.5 ×, ${WORDS} living`,
  async run({ lab, scale, subject, baseline, control }) {
    const [few, crowd] = [await worldOf(lab, lab.database, ACTING), await worldOf(lab, CROWD, LIVING)];
    await scale.each(async () => {
      const count = scale.of(15, 80);
      const alone = await few.watch(1, count);
      for (const [arm, watched] of [
        [baseline, alone],
        [subject, await crowd.watch(LIVING / ACTING, count)],
        [control, await crowd.watch(1, scale.of(6, 20))],
      ] as const) {
        arm.cost.add(...watched.costs);
        arm.rows.add(watched.rows);
        arm.missed.add(watched.missed);
        arm.ratio.add(median(watched.costs) / median(alone.costs));
      }
    });
  },
});

interface Watched {
  /** Milliseconds of each tick. */
  costs: number[];
  /** Written in the mean tick. */
  rows: number;
  missed: number;
}

/** A world of `living` agents whose clock stands still but while it is watched. */
async function worldOf(lab: Lab, database: string, living: number) {
  const { api } = lab.host;
  const call = (reducer: string, ...args: unknown[]) => api.call(database, reducer, args, lab.owner);
  if (database !== lab.database) {
    await api.publish(database, (await buildModule('lab', console.log)).wasm, lab.owner);
    await call('found_world', readMap());
  }
  await call('pause_clock');
  for (let some = Math.min(living, ADDED_AT_ONCE); some <= living; some += ADDED_AT_ONCE) {
    await call('lab_populate', some);
  }
  await api.sql(database, 'UPDATE holding SET quantity = 1000000', lab.owner);
  const times = await ReducerTimes.of(api, database);
  const missed = async () => Number((await api.sql(database, 'SELECT * FROM clock', lab.owner))[0]?.['skipped']);
  return {
    async watch(actEvery: number, count: number): Promise<Watched> {
      await call('set_tempo', PERIOD_MS, actEvery, 0);
      await call('resume_clock');
      await times.watch('tick', SETTLE);
      const before = { missed: await missed(), rows: await times.rowsWritten('tick'), ...(await times.spent('tick')) };
      const costs = await times.watch('tick', count);
      const after = { rows: await times.rowsWritten('tick'), ...(await times.spent('tick')) };
      await call('pause_clock');
      const rows = (after.rows - before.rows) / (after.runs - before.runs);
      return { costs, rows, missed: (await missed()) - before.missed };
    },
  };
}

const median = (values: number[]) => quantileOf(values, 0.5);
