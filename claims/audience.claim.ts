import type { Condition } from './condition.ts';
import { claim } from './harness/claim.ts';
import { mean, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { of } from './harness/scale.ts';
import { quantileOf, round } from './harness/statistics.ts';
import { ReducerTimes } from './instruments/reducer-times.ts';
import { trafficOf } from './instruments/traffic.ts';
import { Watchers } from './instruments/watchers.ts';

const LIVING = of(1_000, 10_000);
const PERIOD_MS = 100;
/** What the world needs: a tick reaches everybody before the next one is due. */
const IN_TIME_MS = PERIOD_MS;
const EVERYTHING = 'SELECT * FROM agent';
/** Another query for each watcher, although all of them ask for everything. */
const UNSHARED = 'SELECT * FROM agent WHERE place_key >= {watcher}';
/** The broken arm's watchers: enough that evaluating a query for each of them costs more than anything else. */
const CROWD = 50;
const TICKS = of(30, 60);
/** Of a combination that only describes, measured once. */
const FEWER_TICKS = of(10, 40);
const COSTS = of(8, 25);

/** One combination of load and audience. */
interface Cell {
  acting: number;
  watchers: number;
  query: string;
  /** `receive` measures the host alone: the watchers decode nothing but the log of ticks. */
  mode: 'decode' | 'receive';
}

const NEEDED: Cell = { acting: 1_000, watchers: 10, query: EVERYTHING, mode: 'decode' };
const SHARED: Cell = { ...NEEDED, watchers: CROWD };
const BUSIEST: Cell = { ...NEEDED, acting: 10_000, watchers: 1 };

claim('audience', {
  kind: 'measured',
  minutes: { quick: 3, full: 8 },
  quickRounds: 1,
  starts: ['claims/instruments/watcher-process.ts'],
  why: 'A world is there to be watched. If its audience slowed the clock, or saw a tick only after the next one, the cadence of the clock alone would be worth little.',
  method: `In a lab world of ${LIVING.toLocaleString('en')} agents, 1,000 or 10,000 of them act in every tick: one third patrols, one third trades and one third wanders, with full purses and stalls. Watchers, each with its own connection and all in one process next to the host, subscribe to every agent or to the agents of the newcomers’ place. A tick has reached the audience when the last watcher has decoded its rows; the time counts from when the tick was due. Its parts are the lateness of the tick, its cost, the way to the watcher until the rows arrive, and the decoding, in which garbage collection is counted apart. Watchers who only receive decode nothing but the log of ticks: they show what the host itself can serve. The host’s own metrics give the cost of a tick and the traffic. The combinations of the checks and the busiest one take turns in each round; the others are measured once.`,
  control: `${CROWD} watchers whose queries differ, so that the host cannot evaluate them once for all: the cost of a tick must rise against ${CROWD} watchers with the same query.`,
  figures: {
    inTime: mean(`Ticks that reach 10 watchers of everything within ${IN_TIME_MS} ms, 1,000 acting`, '%'),
    due: samples('Due time to the last of 10 watchers, 1,000 acting', 'ms', { subject: '10 watchers of everything' }),
    busiest: samples('Due time to one watcher, 10,000 acting', 'ms', { subject: '10,000 acting, one watcher' }),
    cost: mean(`Cost of a tick with ${CROWD} watchers`, 'ms'),
    share: mean(`Cost of a tick with ${CROWD} watchers, against those who share a query`, '×'),
  },
  limits: ({ subject, control }) => [
    full(subject.due.p99.atMost(IN_TIME_MS)),
    // In a quick run other work shares the machine; half of the ticks still show that they arrive.
    subject.inTime.atLeast(of(50, 99)),
    control.share.atLeast(1.5),
  ],
  async run({ lab, scale, subject, control, under }) {
    await lab.call('lab_populate', LIVING);
    await lab.sql('UPDATE holding SET quantity = 1000000');
    const [world] = await lab.sql('SELECT newcomer_place FROM world');
    const place = `SELECT * FROM agent WHERE place = ${Number(world?.['newcomer_place'])}`;
    const times = await ReducerTimes.of(lab.host.api, lab.database);
    const seen = new Map<Cell, Watched[]>(cellsFor(place).map((cell) => [cell, []]));
    const see = async (cell: Cell, ticks: number): Promise<Watched> => {
      const watched = await watch(lab, times, cell, ticks);
      seen.get(cell)?.push(watched);
      return watched;
    };
    await scale.each(async () => {
      const { delays } = await see(NEEDED, TICKS);
      subject.due.add(...delays);
      subject.inTime.add((delays.filter((ms) => ms <= IN_TIME_MS).length / TICKS) * 100);
      if (seen.has(BUSIEST)) subject.busiest.add(...(await see(BUSIEST, FEWER_TICKS)).delays);
      subject.cost.add(...(await see(SHARED, FEWER_TICKS)).costs);
      const unshared = await watch(lab, times, { ...SHARED, query: UNSHARED }, 0);
      control.cost.add(...unshared.costs);
      control.share.add(average(unshared.costs) / subject.cost.value);
    });
    for (const [cell, rounds] of seen) if (rounds.length === 0) await see(cell, FEWER_TICKS);
    for (const [cell, rounds] of seen) under(conditionOf(cell, rounds));
  },
});

/** In the order of the page's table, which is also the order in which those that only describe are measured. */
function cellsFor(place: string): Cell[] {
  if (LIVING < BUSIEST.acting) return [NEEDED, SHARED];
  const cells = (acting: number, query: string, ...watchers: number[]) =>
    watchers.map((count): Cell => ({ ...NEEDED, acting, watchers: count, query }));
  const receiving = (acting: number, ...watchers: number[]) =>
    watchers.map((count): Cell => ({ ...NEEDED, acting, watchers: count, mode: 'receive' }));
  return [
    ...cells(1_000, EVERYTHING, 0, 1),
    NEEDED,
    SHARED,
    ...receiving(1_000, CROWD),
    ...cells(1_000, place, 1, 10, CROWD),
    ...cells(10_000, EVERYTHING, 0),
    BUSIEST,
    ...receiving(10_000, 1, 10),
    ...cells(10_000, place, 1, 10, CROWD),
    // These may fall behind; whatever is still queued then must not burden another combination.
    ...cells(10_000, EVERYTHING, 10),
    ...receiving(10_000, CROWD),
  ];
}

/** What one combination showed in one round; times in milliseconds. */
interface Watched {
  /** From when a tick was due until the last watcher had decoded it; a tick that did not reach all is missing. */
  delays: number[];
  /** From when a tick was due until its rows had arrived at the last watcher. */
  arrivals: number[];
  /** What garbage collection took of each delay. */
  collections: number[];
  /** How many ticks were due. */
  due: number;
  lateness: number[];
  costs: number[];
  rowsPerS: number;
  bytesPerS: number;
}

async function watch(lab: Lab, times: ReducerTimes, cell: Cell, due: number): Promise<Watched> {
  const { acting, watchers, query, mode } = cell;
  await lab.call('set_tempo', PERIOD_MS, LIVING / acting, 0);
  const audience = watchers > 0 ? await Watchers.start(lab.host, lab.database, watchers, [query], mode) : undefined;
  try {
    const [before, startedMs] = [await trafficOf(lab.host.api), performance.now()];
    const ticks = await lab.watchTicks(due);
    const [after, seconds] = [await trafficOf(lab.host.api), (performance.now() - startedMs) / 1_000];
    const report = await audience?.report();
    const counted = new Set(ticks.map(({ number }) => number));
    const reached = report?.ticks.filter(({ tick }) => counted.has(tick)) ?? [];
    return {
      due,
      delays: reached.map(({ delayMs }) => delayMs),
      arrivals: reached.map(({ arrivalMs }) => arrivalMs),
      collections: reached.map(({ collectionMs }) => collectionMs),
      lateness: ticks.map(({ latenessMs }) => latenessMs),
      costs: await times.watch('tick', COSTS),
      rowsPerS: (after.rows - before.rows) / seconds,
      bytesPerS: (after.bytes - before.bytes) / seconds,
    };
  } finally {
    await audience?.stop();
  }
}

/** One line of the page's table, over all rounds. */
function conditionOf({ acting, watchers, query, mode }: Cell, rounds: Watched[]): Condition {
  const sees = query === EVERYTHING ? 'everything' : 'one place';
  const does = mode === 'decode' ? `watching ${sees}` : `receiving ${sees}`;
  const suffix = mode === 'receive' ? '-received' : query === EVERYTHING ? '' : '-place';
  const all = (of: (round: Watched) => number[]) => rounds.flatMap(of);
  const [delays, lateness] = [all(({ delays }) => delays), all(({ lateness }) => lateness)];
  const due = rounds.reduce((sum, round) => sum + round.due, 0);
  return {
    name: `${acting}x${watchers}${suffix}`,
    label: `${acting.toLocaleString('en')} acting, ${watchers === 0 ? 'nobody watching' : `${watchers} ${does}`}`,
    figures: [
      ...quantiles('due', 'Due time to the last watcher', delays),
      ...quantiles(
        'arrival',
        'of it, until the rows arrive',
        all(({ arrivals }) => arrivals),
      ),
      ...quantiles(
        'collection',
        'of it, garbage collection',
        all(({ collections }) => collections),
      ),
      figure(
        'missing',
        'Ticks that did not reach all',
        '%',
        100 - ((watchers > 0 ? delays : lateness).length / due) * 100,
      ),
      ...quantiles('lateness', 'Lateness', lateness),
      ...quantiles(
        'cost',
        'Cost of a tick',
        all(({ costs }) => costs),
      ),
      figure('rows', 'Rows sent', 'rows/s', average(rounds.map(({ rowsPerS }) => rowsPerS))),
      figure('bytes', 'Sent', 'kB/s', average(rounds.map(({ bytesPerS }) => bytesPerS)) / 1_000),
    ],
  };
}

type ConditionFigure = Condition['figures'][number];

function figure(name: string, label: string, unit: string, value: number): ConditionFigure {
  return { name, label, unit, value: round(value) };
}

function quantiles(name: string, label: string, values: number[]): ConditionFigure[] {
  if (values.length === 0) return [];
  return [
    figure(`${name}.p50`, `${label}, p50`, 'ms', quantileOf(values, 0.5)),
    figure(`${name}.p99`, `${label}, p99`, 'ms', quantileOf(values, 0.99)),
  ];
}

function average(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
