import { cite } from './cited.ts';
import type { Claim } from './claim.ts';

/** Something that a world of many acting agents needs, or what limits it, calculated from figures of evidence. */
export interface Reckoned {
  name: string;
  label: string;
  /** Absent where one of its figures was never measured. */
  value?: number;
  unit: string;
  /** The calculation in words. */
  how: string;
  /** The figures that it rests on, as `claim#figure`. */
  from: string[];
  /** What nobody measured and we took, and why. */
  assumed?: string;
}

type Claims = readonly Pick<Claim, 'id' | 'evidence'>[];

const HOUR_S = 3_600;
const DAY_S = 86_400;
const GIB = 2 ** 30;
const DISK_GB = 1_000;
/** The load whose log and watchers were measured. */
const MEASURED_ACTING = 10_000;
/** One in so many acts in an ordinary tick of the founded town. */
const LIVING_FOR_ACTING = 100;
const CORES_OF_A_HOST = 2;

const EACH = 'regions-scale#two.each';
const MEMORY = 'tick-scale#living.memory';
const LOG_DAY = 'log-growth#10000.day';
const RESTART = 'log-growth#10000.restart';
const SENT = 'audience#10000x1.bytes';
const RATE = 'border-time#crowd.rate';

/** What `acting` agents, all of whom act in every tick, need. */
export function needsOf(acting: number, claims: Claims): Reckoned[] {
  return [...machinesFor(acting, claims), ...flowsOf(acting, claims)];
}

function machinesFor(acting: number, claims: Claims): Reckoned[] {
  const row = rowsFrom(claims);
  const many = acting.toLocaleString('en');
  return [
    row('regions', 'Regions', 'regions', [EACH], ([each]) => Math.ceil(acting / each), {
      how: `${many} divided by the acting agents of a region with one core`,
    }),
    row('hosts', 'Hosts with two cores', 'hosts', [EACH], ([each]) => Math.ceil(acting / each / CORES_OF_A_HOST), {
      how: 'a core for each region',
      assumed: 'a larger host carries a region for each of its cores; we measured two cores',
    }),
    row('memory', 'Memory, if nobody else lives', 'GiB', [MEMORY], ([bytes]) => (acting * bytes) / GIB, {
      how: `${many} times the memory of an agent`,
    }),
    row(
      'memory-idle',
      'Memory, if one in a hundred acts',
      'GiB',
      [MEMORY],
      ([bytes]) => (acting * LIVING_FOR_ACTING * bytes) / GIB,
      { how: 'a hundred times as much' },
    ),
  ];
}

function flowsOf(acting: number, claims: Claims): Reckoned[] {
  const row = rowsFrom(claims);
  const loads = acting / MEASURED_ACTING;
  return [
    row('log', 'Log of a day', 'TB', [LOG_DAY], ([day]) => (loads * day) / 1_000, {
      how: `the log with ${MEASURED_ACTING.toLocaleString('en')} acting, times ${loads}`,
    }),
    row(
      'writes',
      'Log that one host of two regions writes',
      'MB/s',
      [LOG_DAY, EACH],
      ([day, each]) => ((CORES_OF_A_HOST * each) / MEASURED_ACTING) * ((day * 1_000) / DAY_S),
      {
        how: 'its share of the log, over a day',
      },
    ),
    row(
      'restart',
      'Restart of one region, at worst',
      'h',
      [RESTART, EACH],
      ([seconds, each]) => ((each / MEASURED_ACTING) * seconds) / HOUR_S,
      {
        how: 'the restart with 10,000 acting, in proportion to the acting agents of a region',
      },
    ),
    row(
      'watcher',
      'What a watcher of the whole world is sent',
      'MB/s',
      [SENT],
      ([kilobytes]) => (loads * kilobytes) / 1_000,
      {
        how: `what a watcher of everything is sent with 10,000 acting, times ${loads}`,
      },
    ),
    row(
      'crossings',
      'Agents of a region that one border takes in a minute',
      '%',
      [RATE, EACH],
      ([rate, each]) => ((rate * 60) / each) * 100,
      {
        how: 'arrivals a minute, divided by the acting agents of a region',
      },
    ),
  ];
}

/** How many acting agents each limit allows, the tightest first. What was not measured comes last. */
export function limitsOf(claims: Claims, given: { memoryGiB: number; mostRegions: number }): Reckoned[] {
  const row = rowsFrom(claims);
  const rows = [
    row(
      'restart',
      'One region is back within an hour of a kill',
      'agents',
      [RESTART],
      ([seconds]) => (MEASURED_ACTING * HOUR_S) / seconds,
      {
        how: 'from the restart with 10,000 acting, in proportion',
        assumed:
          'a world may stand still for an hour; the log is as long as the host lets it grow between two snapshots',
      },
    ),
    row('tick', 'One region keeps its clock', 'agents', [EACH], ([each]) => each, { how: 'as measured, on one core' }),
    row('disk', 'One host keeps a day of log', 'agents', [LOG_DAY], ([day]) => (MEASURED_ACTING * DISK_GB) / day, {
      how: 'from the log with 10,000 acting, in proportion',
      assumed: `a disk of ${DISK_GB.toLocaleString('en')} GB, and old segments are deleted once a day`,
    }),
    row(
      'memory',
      'One host has room in half of its memory',
      'agents',
      [MEMORY],
      ([bytes]) => (given.memoryGiB * GIB) / 2 / bytes,
      {
        how: `half of ${given.memoryGiB} GiB, divided by the memory of an agent`,
        assumed: 'everybody who lives acts',
      },
    ),
    row('numbers', 'A world has numbers for its regions', 'agents', [EACH], ([each]) => given.mostRegions * each, {
      how: `${given.mostRegions} regions, as many as the module can number, times the acting agents of one`,
    }),
  ];
  return rows.sort((one, other) => (one.value ?? Infinity) - (other.value ?? Infinity));
}

/** How many regions the module can number. @throws Error when its source no longer says so where it did */
export function mostRegions(source: string): number {
  const [, last] = /^pub const LAST: u32 = (\d+);$/m.exec(source) ?? [];
  if (last === undefined)
    throw new Error('spike/world/src/core/region.rs has no LAST: say here what limits the regions');
  return Number(last) + 1;
}

type Sum<F extends string[]> = (figures: { [K in keyof F]: number }) => number;

function rowsFrom(claims: Claims) {
  return <const F extends string[]>(
    name: string,
    label: string,
    unit: string,
    from: F,
    sum: Sum<F>,
    words: Pick<Reckoned, 'how' | 'assumed'>,
  ): Reckoned => {
    const found = from.map((reference) => cite(reference, claims).found?.value);
    const isKnown = found.every((value) => value !== undefined && value > 0);
    return { name, label, unit, from, ...words, ...(isKnown && { value: sum(found as { [K in keyof F]: number }) }) };
  };
}
