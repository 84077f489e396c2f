import type { Browser, Page } from 'playwright/test';
import { quantile } from '../../spike/client/quantile.ts';

/** Of the main thread of a page, per frame, in milliseconds. */
export interface FrameWork {
  frames: number;
  /** Between two frames, median. */
  intervalMs: number;
  p50: number;
  p95: number;
  max: number;
}

/** A part of Chromium's trace. Times are in microseconds; `tdur` is processor time. */
interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

const TASK = 'RunTask';
const MAIN = 'CrRendererMain';
const FRAME = 'FireAnimationFrame';
/** Starting a trace takes a while. */
const ASKED_LONGER_MS = 2_000;
const CATEGORIES = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];

/**
 * Traces a page for so long, and adds up the processor time that its main thread spends on tasks from one animation frame
 * to the next: script, style, layout and paint, and the messages of the world that came in between.
 */
export async function frameWork(browser: Browser, page: Page, forMs: number): Promise<FrameWork> {
  // A page asks for frames only while something changes; work between two that it asks for is not work of one frame.
  await page.evaluate((lasts) => {
    const end = performance.now() + lasts;
    const ask = () => void (performance.now() < end && requestAnimationFrame(ask));
    ask();
  }, forMs + ASKED_LONGER_MS);
  await browser.startTracing(page, { categories: CATEGORIES });
  await page.waitForTimeout(forMs);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return frameWorkOf(traceEvents);
}

/** @throws Error when no page drew a frame */
export function frameWorkOf(events: TraceEvent[]): FrameWork {
  const thread = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  // A worker draws frames too.
  const main = new Set(events.filter(({ name, args }) => name === 'thread_name' && args?.name === MAIN).map(thread));
  const drawn = Map.groupBy(
    events.filter((event) => event.name === FRAME && main.has(thread(event))),
    thread,
  );
  const [busiest, callbacks = []] = [...drawn].sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  const tasks = outermost(
    events.filter((event) => event.name === TASK && event.ph === 'X' && thread(event) === busiest),
  );
  // All callbacks of a frame run in one task.
  const isFrame = tasks.map(({ ts, dur = 0 }) => callbacks.some((call) => call.ts >= ts && call.ts <= ts + dur));
  const starts = tasks.filter((_, index) => isFrame[index]).map(({ ts }) => ts);
  if (starts.length < 2) throw new Error('the trace has no animation frames: did anything move?');
  const work = starts.slice(1).map(() => 0);
  for (const { ts, tdur = 0 } of tasks) {
    const at = starts.findLastIndex((start) => start <= ts);
    if (at >= 0 && at < work.length) work[at] = (work[at] ?? 0) + tdur / 1_000;
  }
  const sorted = work.sort((a, b) => a - b);
  const intervals = starts.slice(1).map((start, at) => (start - (starts[at] ?? start)) / 1_000);
  return {
    frames: work.length,
    intervalMs: quantile(
      intervals.sort((a, b) => a - b),
      0.5,
    ),
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    max: quantile(sorted, 1),
  };
}

/** A task that waits runs others within itself; their time is part of its own. */
function outermost(tasks: TraceEvent[]): TraceEvent[] {
  let end = -Infinity;
  return tasks
    .sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
    .filter(({ ts, dur = 0 }) => {
      if (ts < end) return false;
      end = ts + dur;
      return true;
    });
}
