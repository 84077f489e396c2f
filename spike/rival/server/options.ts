import { parseArgs } from 'node:util';
import { MAP_FILE } from '../../start/map.ts';

export const HELP = `Runs the same world as a game server on Node, with its state in memory and PostgreSQL behind it.

  node spike/rival/server/main.ts [options]

  --store NAME       where the world outlives the process   (none)
                       none          nowhere
                       rows          each tick one UPDATE of the agents that moved
                       log           each tick one row with what changed; snapshots and replay
                       write-behind  goods, words and thoughts at once, positions every few seconds
  --database URL     of PostgreSQL, e.g. postgres://user@127.0.0.1:5432/world; all stores but none need it
  --durability MODE  on: a commit waits for the disk; off: the last moments may be lost   (on)
  --flush-ms N       how often write-behind writes positions   (5000)
  --snapshot-every N ticks between snapshots of the log   (600)
  --fillfactor N     percent of a page that rows fill at first; a tick may rewrite all of a page   (45)
  --port N           on 127.0.0.1; 0 for a free one   (0)
  --map FILE         what an empty store is founded from
  --living N         agents at the founding; those of the map at least   (0)
  --period-ms N, --act-every N, --reflect-every N
                     the tempo of the founding   (100, 100, 4)
  --paused           do not start the clock
  --lab              allow what experiments need
  --break NAME       a control: drop-flush acknowledges without writing, push-early before the commit
  --end-with-stdin   end when standard input closes
  --help             show this text

RIVAL_SECRET signs the tokens of identities. Without it each start makes a new one, and old tokens are void.`;

const STORES = ['none', 'rows', 'log', 'write-behind'] as const;
export type StoreName = (typeof STORES)[number];
const CONTROLS = ['drop-flush', 'push-early'] as const;
/** A mechanism that an experiment's control breaks. */
export type Control = (typeof CONTROLS)[number];

export interface ServerOptions {
  store: StoreName;
  /** Empty where the store is `none`. */
  database: string;
  durability: 'on' | 'off';
  flushMs: number;
  /** In ticks. */
  snapshotEvery: number;
  fillfactor: number;
  port: number;
  map: string;
  living: number;
  periodMs: number;
  actEvery: number;
  reflectEvery: number;
  paused: boolean;
  lab: boolean;
  control: Control | undefined;
  endWithStdin: boolean;
  help: boolean;
}

/** @throws Error that names the option, its value and what it takes */
export function readOptions(args: string[]): ServerOptions {
  const { values } = parseArgs({
    args,
    options: {
      store: { type: 'string', default: 'none' },
      database: { type: 'string', default: '' },
      durability: { type: 'string', default: 'on' },
      'flush-ms': { type: 'string', default: '5000' },
      'snapshot-every': { type: 'string', default: '600' },
      fillfactor: { type: 'string', default: '45' },
      port: { type: 'string', default: '0' },
      map: { type: 'string', default: MAP_FILE },
      living: { type: 'string', default: '0' },
      'period-ms': { type: 'string', default: '100' },
      'act-every': { type: 'string', default: '100' },
      'reflect-every': { type: 'string', default: '4' },
      paused: { type: 'boolean', default: false },
      lab: { type: 'boolean', default: false },
      break: { type: 'string' },
      'end-with-stdin': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const count = (name: keyof typeof values, min: number, max: number) => countOf(name, String(values[name]), min, max);
  const store = oneOf('store', values.store, STORES);
  if (store !== 'none' && values.database === '')
    throw new Error(`--store ${store} needs a database: add --database URL.`);
  return {
    store,
    database: values.database,
    durability: oneOf('durability', values.durability, ['on', 'off']),
    flushMs: count('flush-ms', 10, 600_000),
    snapshotEvery: count('snapshot-every', 1, 1_000_000),
    fillfactor: count('fillfactor', 10, 100),
    port: count('port', 0, 65_535),
    map: values.map,
    living: count('living', 0, 10_000_000),
    periodMs: count('period-ms', 10, 60_000),
    actEvery: count('act-every', 1, 4_294_967_295),
    reflectEvery: count('reflect-every', 0, 4_294_967_295),
    paused: values.paused,
    lab: values.lab,
    control: values.break === undefined ? undefined : oneOf('break', values.break, CONTROLS),
    endWithStdin: values['end-with-stdin'],
    help: values.help,
  };
}

function countOf(name: string, text: string, min: number, max: number): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= min && count <= max) return count;
  throw new Error(`--${name} ${text} is out of range: use ${min} to ${max}.`);
}

function oneOf<Name extends string>(option: string, text: string, names: readonly Name[]): Name {
  const name = names.find((each) => each === text);
  if (name === undefined) throw new Error(`--${option} ${text} is unknown: use ${names.join(', ')}.`);
  return name;
}
