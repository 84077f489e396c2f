import { buildModule } from '../spike/host/module.ts';
import { readMap } from '../spike/start/map.ts';
import type { Condition } from './condition.ts';
import { claim } from './harness/claim.ts';
import { count, mean, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { of } from './harness/scale.ts';
import { quantileOf, round } from './harness/statistics.ts';
import { residentMiB } from './instruments/host-process.ts';
import { ReducerTimes } from './instruments/reducer-times.ts';
import { number } from './number.ts';

const ACTING = of(1_000, 10_000);
const LIVING = of(20_000, 1_000_000);
const [WORDS, FEW] = [LIVING.toLocaleString('en'), ACTING.toLocaleString('en')];
const PERIOD_MS = 100;
/** Agents that one call adds: it holds the writer for some 50 ms, and no longer. */
const ADDED_AT_ONCE = 10_000;
const SETTLE = 5;
const CROWD = 'crowd';

claim('tick-scale', {
  kind: 'measured',
  minutes: { quick: 3, full: 10 },
  quickRounds: 1,
  why: 'Most inhabitants of a world do nothing at any given moment. If idle agents cost as much as acting ones, every newcomer would slow everybody down.',
  method:
    'One host runs two lab worlds. In one, 10,000 agents live, and all of them act in every tick. In the other, 1,000,000 live and take turns in groups of 10,000; a quick run has 1,000 and 20,000. One third patrols, one third trades and one third wanders. The owner fills every purse and stall, so that traders make as many trades in both worlds. Only one clock runs at a time. The cost of a tick is the time that the host reports for its reducer, commit included; the figure is the ratio of the medians. Memory is what the host’s process holds after the many were added, less what it held before. The host is then restarted: the time counts until both worlds answer.',
  control: 'In the second world, all agents act in every tick.',
  figures: {
    ratio: mean(`Cost of a tick, against ${FEW} alone`, '×'),
    rows: mean('Rows written in a tick', 'rows'),
    cost: samples('Cost of a tick', 'ms', {
      baseline: `${FEW} living, all act`,
      subject: `${WORDS} living, ${FEW} act`,
    }),
    missed: count('Ticks missed', 'ticks'),
  },
  limits: ({ subject, baseline, control }) => [
    // Half as much again leaves room for what a larger table may cost a machine (its caches), and for nothing that grows
    // with the number of the living: 100 times as many would then show as much more.
    subject.ratio.atMost(1.5),
    // Otherwise it would be cheaper only because less happens in it. In a quick run the traders of the second world take
    // two turns, in step, and if both are walks a tick writes up to a quarter less.
    subject.rows.atLeast(of(0.7, 0.95) * Math.min(...baseline.rows.rounds)),
    // A tick that costs by the living costs at least a tenth of their number times as much, whatever else is in it.
    control.ratio.atLeast(LIVING / ACTING / 10),
    // 20,000 who act may still fit into a period; a million cannot.
    full(control.missed.atLeast(1)),
  ],
  headline: ({ subject }) => `${number(subject.ratio.value)} × the cost without the idle; limit 1.5 ×; ${WORDS} living`,
  async run({ lab, scale, subject, baseline, control, under }) {
    await populate(lab, lab.database, ACTING);
    const before = residentMiB(lab.host);
    await populate(lab, CROWD, LIVING);
    const memory = ((residentMiB(lab.host) - before) / LIVING) * 2 ** 20;
    const startedMs = await lab.restart(undefined, [lab.database, CROWD]);
    const restart = (Date.now() - startedMs) / 1_000;
    const [few, crowd] = [await worldOf(lab, lab.database), await worldOf(lab, CROWD)];
    const count = scale.of(30, 80);
    // Their stalls soon have nothing left, and traders only walk.
    const poor = await crowd.watch(LIVING / ACTING, count);
    for (const world of [few, crowd]) await world.fillPurses();
    const rich: Watched[] = [];
    await scale.each(async () => {
      const alone = await few.watch(1, count);
      const many = await crowd.watch(LIVING / ACTING, count);
      rich.push(many);
      for (const [arm, watched] of [
        [baseline, alone],
        [subject, many],
        [control, await crowd.watch(1, scale.of(6, 3), 1)],
      ] as const) {
        arm.cost.add(...watched.costs);
        arm.rows.add(watched.rows);
        arm.missed.add(watched.missed);
        arm.ratio.add(median(watched.costs) / median(alone.costs));
      }
    });
    under({
      name: 'living',
      label: `${WORDS} living`,
      figures: [
        figure('memory', 'Memory per agent', 'B', memory),
        figure('restart', 'Restart', 's', restart),
        ...costsOf(rich),
      ],
    });
    under({ name: 'sold-out', label: `${WORDS} living, stalls sold out`, figures: costsOf([poor]) });
  },
});

function costsOf(rounds: Watched[]): Condition['figures'] {
  const costs = rounds.flatMap((watched) => watched.costs);
  return [
    figure('cost.p50', 'Cost of a tick, p50', 'ms', quantileOf(costs, 0.5)),
    figure('cost.p99', 'Cost of a tick, p99', 'ms', quantileOf(costs, 0.99)),
    figure('rows', 'Rows written in a tick', 'rows', rounds.reduce((sum, { rows }) => sum + rows, 0) / rounds.length),
  ];
}

function figure(name: string, label: string, unit: string, value: number): Condition['figures'][number] {
  return { name, label, unit, value: round(value) };
}

interface Watched {
  /** Milliseconds of each tick. */
  costs: number[];
  /** Written in the mean tick. */
  rows: number;
  missed: number;
}

/** Founds a world of `living` agents, whose clock stands still. */
async function populate(lab: Lab, database: string, living: number): Promise<void> {
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
}

/** A world whose clock stands still but while it is watched. */
async function worldOf(lab: Lab, database: string) {
  const { api } = lab.host;
  const call = (reducer: string, ...args: unknown[]) => api.call(database, reducer, args, lab.owner);
  const times = await ReducerTimes.of(api, database);
  const missed = async () => Number((await api.sql(database, 'SELECT * FROM clock', lab.owner))[0]?.['skipped']);
  return {
    fillPurses: () => api.sql(database, 'UPDATE holding SET quantity = 1000000', lab.owner),
    async watch(actEvery: number, count: number, settle = SETTLE): Promise<Watched> {
      await call('set_tempo', PERIOD_MS, actEvery, 0);
      await call('resume_clock');
      await times.watch('tick', settle);
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
