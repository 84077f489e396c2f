/**
 * Watchers of a world, one connection each: `node watcher-process.ts URL DATABASE WATCHERS decode|receive QUERY…`.
 * `{watcher}` in a query becomes the watcher's number. Answers each message `report` of its parent with the ticks since the last one, and then forgets them.
 */
import { PerformanceObserver } from 'node:perf_hooks';
import { connect } from '../../spike/client/connect.ts';
import { memoryTokens } from '../../spike/client/token-store.ts';
import { listen } from './listener.ts';
import type { Report } from './watchers.ts';

const [url = '', database = '', count = '1', mode = 'decode', ...queries] = process.argv.slice(2);
const watchers = Number(count);
const LOG = 'SELECT * FROM tick_log';

/** What the watchers saw of one tick; times in milliseconds since 1970. */
interface Seen {
  dueMs: number;
  /** When each watcher had received it. */
  arrivedMs: number[];
  /** When each watcher had decoded it. */
  atMs: number[];
}

const ticks = new Map<bigint, Seen>();
let collections: { startedMs: number; ms: number }[] = [];
let lastArrivalMs = NaN;
let rows = 0;

function now(): number {
  return performance.timeOrigin + performance.now();
}

/** The SDK decodes a message before the next one is read, so the last arrival belongs to the rows it then reports. */
globalThis.WebSocket = class extends WebSocket {
  constructor(address: string | URL, protocols?: string | string[]) {
    super(address, protocols);
    this.addEventListener('message', () => (lastArrivalMs = now()));
  }
};

function watch(_: unknown, watcher: number): Promise<unknown> {
  const own = [LOG, ...queries.map((query) => query.replace('{watcher}', String(watcher)))];
  if (mode === 'receive')
    return listen({ url, database, queries: own }, ({ tick, dueMs }) => see(tick, dueMs, lastArrivalMs));
  const link = connect({
    url,
    database,
    tokens: memoryTokens(),
    queries: own,
    wire({ db }) {
      db.agent.onUpdate(() => rows++);
      // The SDK calls back when it has decoded the whole transaction, so the agents of this tick are decoded too.
      db.tickLog.onInsert((_, row) => decoded(row));
      db.tickLog.onUpdate((_context, _before, row) => decoded(row));
    },
  });
  return link.firstLive;
}

function decoded({ tick, due }: { tick: bigint; due: { __timestamp_micros_since_unix_epoch__: bigint } }): void {
  see(tick, Number(due.__timestamp_micros_since_unix_epoch__) / 1_000, now());
}

function see(tick: bigint, dueMs: number, atMs: number): void {
  const seen = ticks.get(tick) ?? { dueMs, arrivedMs: [], atMs: [] };
  seen.arrivedMs.push(lastArrivalMs);
  seen.atMs.push(atMs);
  ticks.set(tick, seen);
}

/** Milliseconds that garbage collection took between two moments. */
function collecting(fromMs: number, toMs: number): number {
  const during = collections.filter(({ startedMs }) => startedMs >= fromMs && startedMs < toMs);
  return during.reduce((sum, { ms }) => sum + ms, 0);
}

new PerformanceObserver((list) => {
  const entries = list.getEntries().map(({ startTime, duration }) => ({
    startedMs: performance.timeOrigin + startTime,
    ms: duration,
  }));
  collections.push(...entries);
}).observe({ entryTypes: ['gc'] });

process.on('disconnect', () => process.exit());
process.on('message', () => {
  const complete = [...ticks].filter(([, { atMs }]) => atMs.length === watchers);
  const report: Report = {
    ticks: complete.map(([tick, { dueMs, arrivedMs, atMs }]) => ({
      tick: Number(tick),
      dueMs,
      delayMs: Math.max(...atMs) - dueMs,
      arrivalMs: Math.max(...arrivedMs) - dueMs,
      collectionMs: collecting(dueMs, Math.max(...atMs)),
    })),
    rows,
  };
  ticks.clear();
  collections = [];
  rows = 0;
  process.send?.(report);
});
await Promise.all(Array.from({ length: watchers }, watch));
process.send?.('watching');
