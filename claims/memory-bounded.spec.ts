import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Archive } from '../spike/archivist/archive.ts';
import { archivedEvent, type ArchivedEvent } from '../spike/archivist/archived-event.ts';
import { digest } from '../spike/archivist/digest.ts';
import { connect } from '../spike/client/connect.ts';
import { memoryTokens } from '../spike/client/token-store.ts';
import type { Account } from '../spike/host/api.ts';
import { supervise, type Supervised } from '../spike/host/supervised.ts';
import { claim } from './harness/claim.ts';
import { residentMiB } from './harness/host-process.ts';
import { atLeast, atMost, countFigure, meanFigure, never, quantileFigure } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { distribution, quantileOf } from './harness/statistics.ts';

/** The shortest that the world allows, so that many of them pass in a run. */
const WINDOW_MS = 2_000;
const SPEAKERS = 3;
const SAMPLE_MS = 250;
/** Windows without an archivist, for the control. */
const ALONE = 4;

claim('memory-bounded', {
  kind: 'measured',
  why: 'The pinned host keeps every row in memory. A world that only remembers ends when its memory is full.',
  method:
    'Players speak some hundred times a second, and the world keeps events for two seconds. A subscriber of its own records every event. Without an archivist for four windows, then with one in a process of its own for many more. The rows of the table are counted all the while and expressed in windows at the rate of that time; the host’s memory is read from the kernel, and its median in the last quarter is compared with that of the quarter before. At the end the archive is compared with the recording, by count and by hash.',
  control: 'While no archivist runs, the rows must grow to several windows.',
  dependsOn: ['spike/archivist/*.ts', 'spike/client/*.ts'],
  async run(lab, scale) {
    // Where the kernel does not tell, nothing is begun.
    residentMiB(lab.host);
    await lab.call('set_tempo', 100, 100, 0);
    await lab.call('set_retention', WINDOW_MS);
    const recorder = await record(lab);
    const speech = await startSpeech(lab);
    await sleep(WINDOW_MS * ALONE);
    const alone = (await rowsOf(lab)) / ((speech.said() / (WINDOW_MS * ALONE)) * WINDOW_MS);

    const file = join(lab.folder, 'archive.sqlite');
    const archivist = await startArchivist(lab, file);
    await drained(lab, speech.said() / ALONE);
    const samples = await sample(lab, scale.of(5, 20) * WINDOW_MS, speech.said);
    await speech.stop();
    for (const end = Date.now() + 20_000; Date.now() < end && (await rowsOf(lab)) > 0;) await sleep(100);
    await archivist.stop();
    const archive = new Archive(file);
    const [kept, heard] = [archive.all(), recorder.events()];
    archive.close();
    recorder.close();

    const half = samples.slice(samples.length / 2);
    const windows = half.map(({ windows }) => windows);
    const quarter = Math.floor(half.length / 2);
    const memory = (part: typeof samples) =>
      quantileOf(
        part.map(({ mebibytes }) => mebibytes),
        0.5,
      );
    const growth = (memory(half.slice(quarter)) / memory(half.slice(0, quarter))) * 100;
    // A window, the tenth of a second between two looks of the archivist, and what it takes to store a batch.
    const rows = atMost(
      quantileFigure(
        { arm: 'subject', name: 'rows.p90', label: 'Rows of events, in windows, p90', unit: 'windows' },
        [windows],
        0.9,
      ),
      scale.of(1.5, 1.2),
    );
    return {
      headline: `${rows.value.toFixed(2)} windows of ${rows.limit}, ${kept.length.toLocaleString('en')} events archived`,
      checks: [
        rows,
        never(
          countFigure(
            { arm: 'subject', name: 'lost', label: 'Events that the archive lacks or has besides', unit: 'events' },
            [digest(kept) === digest(heard) ? 0 : Math.max(1, Math.abs(heard.length - kept.length))],
          ),
        ),
        atLeast(
          countFigure({ arm: 'subject', name: 'archived', label: 'Events archived', unit: 'events' }, [kept.length]),
          scale.of(500, 5_000),
        ),
        // Rows that go leave holes, and holes are filled again: a twentieth is what a median wavers by.
        atMost(
          meanFigure(
            { arm: 'subject', name: 'memory', label: 'Memory against a quarter of the run before', unit: '%' },
            [growth],
          ),
          105,
          'full',
        ),
        atLeast(
          meanFigure({ arm: 'control', name: 'rows', label: 'Rows of events, in windows', unit: 'windows' }, [alone]),
          3,
        ),
      ],
      distributions: [
        distribution({ arm: 'subject', label: 'an archivist runs', name: 'rows', unit: 'windows' }, [
          samples.map(({ windows }) => windows),
        ]),
        distribution({ arm: 'subject', label: 'the host’s process', name: 'memory', unit: 'MiB' }, [
          samples.map(({ mebibytes }) => mebibytes),
        ]),
      ],
    };
  },
});

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

/** Waits until what had piled up is gone. */
async function drained(lab: Lab, window: number): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end && (await rowsOf(lab)) > 1.5 * window;) await sleep(100);
}

/** Players who speak all the time, each waiting for the world before the next word. */
async function startSpeech(lab: Lab): Promise<{ said: () => number; stop: () => Promise<void> }> {
  let said = 0;
  let speaking = true;
  const speakers = Array.from({ length: SPEAKERS }, async (_, index) => {
    const account = await lab.host.api.createAccount();
    await lab.host.api.call(lab.database, 'join', [`Speaker ${index}`], account);
    while (speaking) {
      await lab.host.api.call(lab.database, 'act', [{ Say: `Word ${++said}.` }], account);
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

/** Hears every event by a connection of its own, whatever becomes of its row. */
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

/** In a process of its own, which ends with this one. */
async function startArchivist(lab: Lab, file: string): Promise<Supervised> {
  const account: Account = await lab.host.api.createAccount();
  await lab.call('grant_role', [`0x${account.identity}`], { Archivist: [] });
  const where = ['--url', lab.host.url, '--database', lab.database, '--file', file];
  process.env['SPELLKAVE_TOKEN'] = account.token;
  const args = ['--import', 'tsx', 'spike/archivist/main.ts', ...where];
  const archivist = supervise(process.execPath, args, join(lab.folder, 'archivist.log'));
  delete process.env['SPELLKAVE_TOKEN'];
  return archivist;
}
