import { digest } from '../spike/archivist/digest.ts';
import { until } from '../spike/until.ts';
import { claim } from './harness/claim.ts';
import { count, mean, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import { of } from './harness/scale.ts';
import { quantileOf } from './harness/statistics.ts';
import { ArchivistProcess } from './instruments/archivist-process.ts';
import { recordEvents } from './instruments/event-recorder.ts';
import { EventWindows } from './instruments/event-windows.ts';
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

claim('memory-bounded', {
  kind: 'measured',
  minutes: { quick: 3, full: 4 },
  starts: ['spike/archivist/main.ts'],
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
    const events = new EventWindows(lab, WINDOW_MS, speech, new TimeSeries(under));
    control.alone.add(await events.growAlone(ALONE));

    const archivist = await ArchivistProcess.start(lab);
    // Waits until the backlog is gone.
    await until(async () => (await events.rows()) <= (1.5 * speech.said) / ALONE, 20_000, 100);
    const sampled = await events.sample(scale.of(3, 20) * WINDOW_MS, SAMPLE_MS);
    await speech.stop();
    await until(async () => (await events.rows()) === 0, 20_000, 100);
    await archivist.stop();

    const half = sampled.slice(sampled.length / 2);
    subject.rows.add(...half.map(({ windows }) => windows));
    const memory = half.map(({ mebibytes }) => mebibytes);
    subject.resident.add(...memory);
    const quarter = Math.floor(half.length / 2);
    const [before, last] = [memory.slice(0, quarter), memory.slice(quarter)];
    subject.memory.add((quantileOf(last, 0.5) / quantileOf(before, 0.5)) * 100);
    const [kept, heard] = [archivist.archived(), recorder.events()];
    recorder.close();
    subject.archived.add(kept.length);
    subject.lost.add(digest(kept) === digest(heard) ? 0 : Math.max(1, Math.abs(heard.length - kept.length)));
  },
});
