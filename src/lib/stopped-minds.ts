import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { oncePerBuild } from './once-per-build.ts';

const FILE = 'src/live/recording.json';
/** Shown before the minds stop and after they think again, in seconds. */
const AROUND_S = 15;

/** What the pictures need of the recording that the live page plays. */
const Recording = z.object({
  recordedAt: z.string(),
  host: z.string(),
  news: z.array(z.tuple([z.number(), z.looseObject({ kind: z.string() })])),
});
const Tick = z.object({ kind: z.literal('tick'), atMs: z.number(), latenessMs: z.number(), skipped: z.number() });
const Queue = z.object({ kind: z.literal('queue'), pending: z.number(), leased: z.number() });
const Minds = z.object({ kind: z.literal('minds'), mode: z.string() });

/** The clock and the waiting thoughts of a recorded world, around the time in which its owner stopped all minds. */
export interface StoppedMinds {
  /** In ISO 8601. */
  recordedAt: string;
  host: string;
  /** The part of the recording that is shown, and the time without minds, in seconds of the recording. */
  from: number;
  to: number;
  stopped: { from: number; to: number };
  ticks: { at: number; latenessMs: number }[];
  /** Requests that wait for a mind or are being thought. */
  waiting: { at: number; count: number }[];
  /** While the minds were stopped. */
  worstMs: number;
  missed: number;
  most: number;
}

/**
 * Reads the recording of the live page.
 * @throws Error when no stretch of it has stopped minds
 */
export const readStoppedMinds: (root: string) => StoppedMinds = oncePerBuild('stopped minds', (root) =>
  stoppedMindsOf(Recording.parse(JSON.parse(readFileSync(join(root, FILE), 'utf8')))),
);

export function stoppedMindsOf({ recordedAt, host, news }: z.infer<typeof Recording>): StoppedMinds {
  const inSeconds = news.map(([atMs, piece]) => ({ at: atMs / 1_000, piece }));
  const modes = inSeconds.flatMap(({ at, piece }) => pieces(Minds, piece).map(({ mode }) => ({ at, mode })));
  const index = modes.findIndex(({ mode }) => mode === 'Stopped');
  const begin = modes[index]?.at;
  const end = modes.slice(index + 1).find(({ mode }) => mode !== 'Stopped')?.at;
  if (begin === undefined || end === undefined)
    throw new Error(`${FILE} has no time in which the minds are stopped: record it again with npm run record:live`);
  const [from, to] = [Math.max(0, begin - AROUND_S), Math.min(end + AROUND_S, inSeconds.at(-1)?.at ?? end)];
  const isShown = ({ at }: { at: number }) => at >= from && at <= to;
  const isStopped = ({ at }: { at: number }) => at >= begin && at <= end;
  const ticks = placed(
    inSeconds.flatMap(({ at, piece }) => pieces(Tick, piece).map((tick) => ({ heard: at, ...tick }))),
  );
  const waiting = inSeconds.flatMap(({ at, piece }) =>
    pieces(Queue, piece).map(({ pending, leased }) => ({ at, count: pending + leased })),
  );
  const without = ticks.filter(isStopped);
  return {
    recordedAt,
    host,
    from,
    to,
    stopped: { from: begin, to: end },
    ticks: ticks.filter(isShown).map(({ at, latenessMs }) => ({ at, latenessMs })),
    waiting: waiting.filter(isShown),
    worstMs: Math.max(...without.map(({ latenessMs }) => latenessMs)),
    missed: without.reduce((sum, { skipped }) => sum + skipped, 0),
    most: Math.max(...waiting.filter(isStopped).map(({ count }) => count)),
  };
}

/** A watcher first gets a minute of old ticks at once, so a tick's place is the time at which it ran. */
function placed<T extends { heard: number; atMs: number }>(ticks: T[]): (T & { at: number })[] {
  const last = ticks.at(-1);
  return last ? ticks.map((tick) => ({ ...tick, at: last.heard - (last.atMs - tick.atMs) / 1_000 })) : [];
}

function pieces<T>(form: z.ZodType<T>, piece: unknown): T[] {
  const parsed = form.safeParse(piece);
  return parsed.success ? [parsed.data] : [];
}

/** The two curves in a box of 1,000 by 100, for SVGs of any size. */
export interface Curves {
  lateness: string;
  waiting: string;
  /** From left to right, without minds. */
  stopped: { x: number; width: number };
  /** What the top of each box stands for. */
  top: { latenessMs: number; waiting: number };
  /** The height of a value in milliseconds in the box of the lateness. */
  yOf: (latenessMs: number) => number;
}

const [WIDTH, HEIGHT] = [1_000, 100];
/** More points than this would lie on the same pixels. */
const COLUMNS = 300;

export function curvesOf({ from, to, stopped, ticks, waiting, most }: StoppedMinds, limitMs: number): Curves {
  const x = (at: number) => (WIDTH * (at - from)) / (to - from);
  const worst = [...Map.groupBy(ticks, ({ at }) => Math.floor((x(at) * COLUMNS) / WIDTH))]
    .sort(([a], [b]) => a - b)
    .map(([column, group]) => ({
      x: (column * WIDTH) / COLUMNS,
      latenessMs: Math.max(...group.map(({ latenessMs }) => latenessMs)),
    }));
  const top = {
    latenessMs: Math.max(limitMs * 1.25, ...worst.map(({ latenessMs }) => latenessMs)),
    waiting: Math.max(5, most * 1.1),
  };
  const y = (value: number, of: number) => Number((HEIGHT - (HEIGHT * value) / of).toFixed(1));
  const first = waiting[0]?.count ?? 0;
  return {
    lateness: worst
      .map(({ x, latenessMs }, index) => `${index ? 'L' : 'M'}${x.toFixed(1)} ${y(latenessMs, top.latenessMs)}`)
      .join(''),
    waiting: `M0 ${y(first, top.waiting)}${waiting
      .map(({ at, count }) => `H${x(at).toFixed(1)}V${y(count, top.waiting)}`)
      .join('')}H${WIDTH}`,
    stopped: { x: x(stopped.from), width: x(stopped.to) - x(stopped.from) },
    top,
    yOf: (latenessMs) => y(latenessMs, top.latenessMs),
  };
}
