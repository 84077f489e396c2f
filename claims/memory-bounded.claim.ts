import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Archive } from '../spike/archivist/archive.ts';
import { archivedEvent, type ArchivedEvent } from '../spike/archivist/archived-event.ts';
import { digest } from '../spike/archivist/digest.ts';
import { connect } from '../spike/client/connect.ts';
import { memoryTokens } from '../spike/client/token-store.ts';
import { supervise, type Supervised } from '../spike/host/supervised.ts';
import { until } from '../spike/until.ts';
import { claim } from './harness/claim.ts';
import { count, mean, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { of } from './harness/scale.ts';
import { quantileOf } from './harness/statistics.ts';
import { residentMiB } from './instruments/host-process.ts';

/** The shortest that the world allows, so that many of them pass in a run. */
const WINDOW_MS = 2_000;
const SPEAKERS = 3;
const SAMPLE_MS = of(100, 250);
/** Windows without an archivist, for the control. */
const ALONE = 4;
const ARCHIVIST = 'spike/archivist/main.ts';

claim('memory-bounded', {
  kind: 'measured',
  minutes: { quick: 3, full: 4 },
  starts: [ARCHIVIST],
  why: 'The pinned host keeps every row in memory. A world that only remembers ends when its memory is full.',
  method:
    'Players speak some hundred times a second, and the world keeps events for two seconds. A separate subscriber records every event. Without an archivist for four windows, then with one in a separate process for many more. The rows of the table are counted all the while and expressed in windows at the rate of that time; the host’s memory is read from the kernel, and its median in the last quarter is compared with that of the quarter before. At the end the archive is compared with the recording, by count and by hash.',
  control: 'While no archivist runs, the rows must grow to several windows.',
  figures: {
    rows: samples('Rows of events, in windows', 'windows', { subject: 'an archivist runs' }),
    lost: count('Events that the archive lacks or has besides', 'events'),
    archived: count('Events archived', 'events'),
    memory: mean('Memory against a quarter of the run before', '%'),
    resident: samples('Memory of the host', 'MiB', { subject: 'the host’s process' }, 'memory'),
    alone: mean('Rows of events, in windows', 'windows', 'rows'),
  },
  limits: ({ subject, control }, scale) => [
    // A window, the tenth of a second between two looks of the archivist, and what it takes to store a batch.
    subject.rows.p90.atMost(scale.of(1.5, 1.2)),
    subject.lost.never(),
    subject.archived.atLeast(scale.of(500, 5_000)),
    // Rows that go leave holes, and holes are filled again: a twentieth is what a median wavers by.
    full(subject.memory.atMost(105)),
    control.alone.atLeast(3),
  ],
  headline: ({ subject }, scale) =>
    `${subject.rows.p90.value.toFixed(2)} windows of ${scale.of(1.5, 1.2)}, ${subject.archived.value.toLocaleString('en')} events archived`,
  async run({ lab, scale, subject, control }) {
    // Where the kernel does not tell, nothing is begun.
    residentMiB(lab.host);
    await lab.call('set_tempo', 100, 100, 0);
    await lab.call('set_retention', WINDOW_MS);
    const recorder = await record(lab);
    const speech = await startSpeech(lab);
    await sleep(WINDOW_MS * ALONE);
    control.alone.add((await rowsOf(lab)) / ((speech.said() / (WINDOW_MS * ALONE)) * WINDOW_MS));

    const file = join(lab.folder, 'archive.sqlite');
    const archivist = await startArchivist(lab, file);
    // Waits until what had piled up is gone.
    await until(async () => (await rowsOf(lab)) <= (1.5 * speech.said()) / ALONE, 20_000, 100);
    const sampled = await sample(lab, scale.of(5, 20) * WINDOW_MS, speech.said);
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

async function sample(lab: Lab, forMs: number, said: () => number): Promise<Sample[]> {
  const samples: Sample[] = [];
  const [began, before] = [performance.now(), said()];
  await sleep(WINDOW_MS);
  while (performance.now() - began < forMs) {
    const perMs = (said() - before) / (performance.now() - began);
    samples.push({ windows: (await rowsOf(lab)) / (perMs * WINDOW_MS), mebibytes: residentMiB(lab.host) });
    await sleep(SAMPLE_MS);
  }
  return samples;
}

async function rowsOf(lab: Lab): Promise<number> {
  return (await lab.sql('SELECT id FROM event')).length;
}

/** Players who speak all the time, each waiting for the world before the next word. */
async function startSpeech(lab: Lab): Promise<{ said: () => number; stop: () => Promise<void> }> {
  let said = 0;
  let speaking = true;
  const speakers = Array.from({ length: SPEAKERS }, async (_, index) => {
    const account = await lab.account();
    await lab.callAs(account, 'join', `Speaker ${index}`);
    while (speaking) {
      await lab.callAs(account, 'act', { Say: `Word ${++said}.` });
      await sleep(8);
    }
  });
  // One that breaks off ends the run when it is stopped, and not before: the host may be gone by then for good reason.
  const spoken = Promise.allSettled(speakers);
  await sleep(0);
  return {
    said: () => said,
    async stop() {
      speaking = false;
      for (const each of await spoken) if (each.status === 'rejected') throw each.reason;
    },
  };
}

/** Records every event on a separate connection, whatever becomes of its row. */
async function record(lab: Lab): Promise<{ events: () => ArchivedEvent[]; close: () => void }> {
  const heard: ArchivedEvent[] = [];
  const link = connect({
    url: lab.host.url,
    database: lab.database,
    tokens: memoryTokens(),
    queries: ['SELECT * FROM event'],
    wire: (db) => db.db.event.onInsert((_context, event) => heard.push(archivedEvent(event))),
  });
  await link.firstLive;
  return { events: () => heard.sort((a, b) => (a.id < b.id ? -1 : 1)), close: () => link.close() };
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
