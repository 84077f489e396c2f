import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refused, type Account } from '../spike/host/api.ts';
import { findHost } from '../spike/host/binary.ts';
import { removeEmptySegments } from '../spike/host/empty-segment.ts';
import { startHost, type Host } from '../spike/host/host.ts';
import { buildModule } from '../spike/host/module.ts';
import { SmallDisk } from '../spike/small-disk.fixture.ts';
import { watchDisk } from '../spike/start/disk-watch.ts';
import { readMap } from '../spike/start/map.ts';
import { claim } from './harness/claim.ts';
import { count, least } from './harness/figures.ts';
import { NotMeasured } from './harness/not-measured.ts';
import { mode } from './harness/provenance.ts';
import { of } from './harness/scale.ts';

const MEGABYTE = 1_000_000;
const DISK_MEGABYTES = 48;
const KEEP_FREE = 16 * MEGABYTE;
/** Of another program. The watcher looks every two seconds, and has more than three until nothing is free. */
const FILLED_PER_SECOND = 5 * MEGABYTE;
/** A quick run fills the disk to here at once. */
const QUICK_START = KEEP_FREE + 8 * MEGABYTE;
const STEP_MS = 50;
/** How long the disk is full before the host is killed. */
const FULL_MS = of(1_000, 2_000);
const SPEAKERS = 3;
const DATABASE = 'small';

claim('disk-full', {
  set: 'faults',
  kind: 'measured',
  minutes: { quick: 4, full: 5 },
  quickRounds: 1,
  why: 'On a full disk the pinned host accepts calls that it cannot write down, and tells nobody but its log. Without a watch the world would go on, and its people would lose what they did.',
  method: `A host keeps its world on a small disk in memory. Players speak without a pause until they are told that the world stands still, and each answered call is noted. Another program fills the disk at ${FILLED_PER_SECOND / MEGABYTE} MB a second, while the watch of \`npm start\` is to keep ${KEEP_FREE / MEGABYTE} MB free. Two seconds after nothing is free, the host is killed with SIGKILL, the space is freed, and the host is started again. Then every answered word must be in the world. The host may have begun one log segment that it could not write, because the world’s watchdog commits while the clock stands still: with such a segment the host does not open the database again, and the start that \`npm start\` uses removes it. More than one would be more than it removes.`,
  control: 'The same without the watch: answered calls must be lost.',
  figures: {
    lost: count('Answered calls that were lost', 'calls'),
    answered: count('Calls answered', 'calls'),
    segments: count('Log segments that the host could not write', 'segments'),
    left: least('Space left when the world stood still', 'MB'),
  },
  limits: ({ subject, control }, { rounds }) => [
    subject.lost.never(),
    subject.segments.atMost(rounds),
    subject.left.atLeast(1),
    subject.answered.atLeast(rounds * 100),
    control.lost.atLeast(rounds),
  ],
  headline: ({ subject }) =>
    `${subject.answered.value.toLocaleString('en')} answered calls kept; the world stood still with ${subject.left.value.toFixed(0)} MB left`,
  async run({ scale, subject, control, tally }) {
    const measureOne = async (arm: 'subject' | 'control') => {
      const figures = { subject, control }[arm];
      const found = await fillDisk(arm === 'subject');
      figures.lost.add(found.lost);
      figures.answered.add(found.answered);
      figures.segments.add(found.segments);
      if (found.leftBytes !== undefined) figures.left.add(found.leftBytes / MEGABYTE);
      tally(arm, arm === 'subject' ? 'with the watch' : 'without it', {
        'calls answered': found.answered,
        'of them lost': found.lost,
        'calls refused, with the reason': found.refused,
        'hosts that ended by themselves': found.ended ? 1 : 0,
      });
    };
    await scale.each(async () => {
      await measureOne('subject');
      await measureOne('control');
    });
  },
});

interface Found {
  answered: number;
  refused: number;
  lost: number;
  segments: number;
  /** The host ended by itself. */
  ended: boolean;
  /** Free when the first call was refused. */
  leftBytes: number | undefined;
}

/** Fills the disk of a world, kills its host, and counts what was lost. */
async function fillDisk(isWatched: boolean): Promise<Found> {
  const disk = mountDisk();
  try {
    const binary = await findHost(console.log, 'any');
    const host = await startHost({ binary, folder: disk.folder });
    const owner = await host.api.createAccount();
    await host.api.publish(DATABASE, (await buildModule('lab', console.log)).wasm, owner);
    await host.api.call(DATABASE, 'found_world', [readMap()], owner);
    const { api } = host;
    const watched = { api, database: DATABASE, owner, folder: disk.folder, say: () => {} };
    const stopWatch = watchDisk({ ...watched, keepFree: isWatched ? KEEP_FREE : 0 });
    const talk = new Talk(host, disk);
    await talk.begin();
    if (mode === 'quick') disk.fillTo(QUICK_START);
    for (; disk.free > 0; await sleep(STEP_MS))
      disk.fillTo(Math.max(0, disk.free - (FILLED_PER_SECOND * STEP_MS) / 1_000));
    await sleep(FULL_MS);
    stopWatch();
    const ended = await endHost(host);
    await talk.end();
    disk.clear();
    const segments = removeEmptySegments(join(disk.folder, 'data')).length;
    const again = await startHost({ binary, folder: disk.folder, databases: [DATABASE] });
    const rows = await again.api.sql(DATABASE, 'SELECT words FROM event', owner);
    await again.stop();
    const kept = new Set(rows.map(({ words }) => String(words)));
    const lost = talk.answered.filter((words) => !kept.has(words)).length;
    return { answered: talk.answered.length, refused: talk.refused, lost, segments, ended, leftBytes: talk.leftBytes };
  } finally {
    disk.unmount();
  }
}

/** Kills the supervisor and the host in its group. @returns whether the host had ended by itself */
async function endHost(host: Host): Promise<boolean> {
  try {
    process.kill(-host.pid, 'SIGKILL');
    await host.ended;
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true;
    throw error;
  }
}

function mountDisk(): SmallDisk {
  try {
    return SmallDisk.mount(DISK_MEGABYTES);
  } catch (error) {
    throw new NotMeasured((error as Error).message);
  }
}

/** Players who speak one word after the other until the world tells them that it stands still, or the host is gone. */
class Talk {
  readonly answered: string[] = [];
  refused = 0;
  leftBytes: number | undefined;
  readonly #host: Host;
  readonly #disk: SmallDisk;
  #speaking: Promise<void>[] = [];
  #isOver = false;

  constructor(host: Host, disk: SmallDisk) {
    this.#host = host;
    this.#disk = disk;
  }

  async begin(): Promise<void> {
    const { api } = this.#host;
    const speakers = await Promise.all(Array.from({ length: SPEAKERS }, () => api.createAccount()));
    for (const [index, account] of speakers.entries()) await api.call(DATABASE, 'join', [`Speaker ${index}`], account);
    this.#speaking = speakers.map((account, index) => this.#speak(account, index));
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#speaking);
  }

  async #speak(account: Account, speaker: number): Promise<void> {
    for (let word = 0; !this.#isOver; word++) {
      const words = `Speaker ${speaker}, word ${word}.`;
      try {
        await this.#host.api.call(DATABASE, 'act', [{ Say: words }], account);
        this.answered.push(words);
      } catch (error) {
        if (error instanceof Refused) {
          this.refused++;
          this.leftBytes ??= this.#disk.free;
        }
        return;
      }
      await sleep(20);
    }
  }
}
