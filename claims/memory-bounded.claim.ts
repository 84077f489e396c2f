import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Archive } from '../spike/archivist/archive.ts';
import { digest } from '../spike/archivist/digest.ts';
import { supervise, type Supervised } from '../spike/host/supervised.ts';
import { until } from '../spike/until.ts';
import { claim } from './harness/claim.ts';
import { count, mean, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { of } from './harness/scale.ts';
import { quantileOf } from './harness/statistics.ts';
import { recordEvents } from './instruments/event-recorder.ts';
import { residentMiB } from './instruments/host-process.ts';
import { Speech } from './instruments/speech.ts';
import { TimeSeries } from './instruments/time-series.ts';
import { number } from './number.ts';

/** The shortest that the world allows, so that many of them pass in a run. */
const WINDOW_MS = 2_000;
const SPEAKERS = 3;
const SAMPLE_MS = of(40, 250);
/** Windows without an archivist, for the control. */
const ALONE = of(3.25, 4);
const ARCHIVIST = 'spike/archivist/main.ts';

claim('memory-bounded', {
  kind: 'measured',
  minutes: { quick: 3, full: 4 },
  starts: [ARCHIVIST],
  why: 'The pinned host keeps every row in memory. A world that never forgets stops when its memory is full.',
  method:
    'Players speak some hundred times a second, and the world keeps events for a window of two seconds. A separate subscriber records every event. The world runs without an archivist for four windows, then with an archivist in a separate process for many more. Throughout, the rows of the event table are counted and divided by the events of one window at the current rate; once in a window, the page gets a moment of them. The kernel reports the host’s memory; its median in the last quarter of the run is compared with the quarter before. At the end, the archive is compared with the recording, by count and by hash.',
  control: 'While no archivist runs, the rows must grow to several windows.',
  figures: {
    rows: samples('Rows of events, in windows', 'windows', { subject: 'an archivist runs' }),
    lost: count('Events that only the archive or only the recording has', 'events'),
    archived: count('Events archived', 'events'),
    memory: mean('Memory in the last quarter, relative to the quarter before', '%'),
    resident: samples('Memory of the host', 'MiB', { subject: 'the host’s process' }, 'memory'),
    alone: mean('Rows of events, in windows', 'windows', 'rows'),
  },
  limits: ({ subject, control }, scale) => [
    // A window, the tenth of a second between two polls of the archivist, and the time to store a batch.
    subject.rows.p90.atMost(scale.of(1.5, 1.2)),
    subject.lost.never(),
    subject.archived.atLeast(scale.of(500, 5_000)),
    // New rows reuse the space of deleted ones; between two quarters the median varies by up to a twentieth.
    full(subject.memory.atMost(105)),
    control.alone.atLeast(3),
  ],
  headline: ({ subject }, scale) =>
    `${number(subject.rows.p90.value)} windows of events kept; limit ${scale.of(1.5, 1.2)}; ${subject.archived.value.toLocaleString('en')} archived`,
  async run({ lab, scale, subject, control, under }) {
    // Throws before anything starts where the kernel does not report memory.
    residentMiB(lab.host);
    await lab.call('set_tempo', 100, 100, 0);
    await lab.call('set_retention', WINDOW_MS);
    const recorder = await recordEvents(lab);
    const speech = new Speech(lab, SPEAKERS);
    const series = new TimeSeries(under);
    control.alone.add(await withoutArchivist(lab, speech, series));

    const file = join(lab.folder, 'archive.sqlite');
    const archivist = await startArchivist(lab, file);
    // Waits until the backlog is gone.
    await until(async () => (await rowsOf(lab)) <= (1.5 * speech.said) / ALONE, 20_000, 100);
    const sampled = await sample(lab, scale.of(3, 20) * WINDOW_MS, speech, series);
    await speech.stop();
    await until(async () => (await rowsOf(lab)) === 0, 20_000, 100);
    await archivist.stop();

    const half = sampled.slice(sampled.length / 2);
    subject.rows.add(...half.map(({ windows }) => windows));
    subject.resident.add(...half.map(({ mebibytes }) => mebibytes));
    const quarter = Math.floor(half.length / 2);
    const memory = (part: Sample[]) => median(part.map(({ mebibytes }) => mebibytes));
    subject.memory.add((memory(half.slice(quarter)) / memory(half.slice(0, quarter))) * 100);
    const archive = new Archive(file);
    const [kept, heard] = [archive.all(), recorder.events()];
    archive.close();
    recorder.close();
    subject.archived.add(kept.length);
    subject.lost.add(digest(kept) === digest(heard) ? 0 : Math.max(1, Math.abs(heard.length - kept.length)));
  },
});

const median = (values: number[]) => quantileOf(values, 0.5);

interface Sample {
  windows: number;
  mebibytes: number;
}

/** @returns the rows at the end, in windows */
async function withoutArchivist(lab: Lab, speech: Speech, series: TimeSeries): Promise<number> {
  const began = performance.now();
  let windows = 0;
  for (let left = ALONE; left > 0; left--) {
    await sleep(WINDOW_MS * Math.min(1, left));
    const perMs = speech.said / (performance.now() - began);
    windows = (await rowsOf(lab)) / (perMs * WINDOW_MS);
    show(series, 'no archivist', { windows, mebibytes: residentMiB(lab.host) });
  }
  return windows;
}

async function sample(lab: Lab, forMs: number, speech: Speech, series: TimeSeries): Promise<Sample[]> {
  const samples: Sample[] = [];
  const [began, before] = [performance.now(), speech.said];
  await sleep(WINDOW_MS);
  for (let shown = 0; performance.now() - began < forMs;) {
    const perMs = (speech.said - before) / (performance.now() - began);
    const found = { windows: (await rowsOf(lab)) / (perMs * WINDOW_MS), mebibytes: residentMiB(lab.host) };
    samples.push(found);
    if (performance.now() - shown >= WINDOW_MS) {
      show(series, 'an archivist', found);
      shown = performance.now();
    }
    await sleep(SAMPLE_MS);
  }
  return samples;
}

function show(series: TimeSeries, phase: string, { windows, mebibytes }: Sample): void {
  series.add(phase, [
    { name: 'rows', label: 'Rows of events', value: windows, unit: 'windows' },
    { name: 'memory', label: 'Memory of the host', value: mebibytes, unit: 'MiB' },
  ]);
}

async function rowsOf(lab: Lab): Promise<number> {
  return (await lab.sql('SELECT id FROM event')).length;
}

/** In a separate process, which ends with this one. */
async function startArchivist(lab: Lab, file: string): Promise<Supervised> {
  const account = await lab.account('Archivist');
  const where = ['--url', lab.host.url, '--database', lab.database, '--file', file];
  process.env['SPELLKAVE_TOKEN'] = account.token;
  const args = ['--import', 'tsx', ARCHIVIST, ...where];
  const archivist = supervise(process.execPath, args, join(lab.folder, 'archivist.log'));
  delete process.env['SPELLKAVE_TOKEN'];
  return archivist;
}
