import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { claim } from './harness/claim.ts';
import { count, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import { NotMeasured } from './harness/not-measured.ts';
import { of } from './harness/scale.ts';
import { BusyWorld } from './instruments/busy.ts';
import { newestSegment, segmentsOf } from './instruments/data-folder.ts';
import { scriptOf } from './instruments/guide-script.ts';
import { killHost } from './instruments/host-process.ts';
import { openWorld, type Closed, type OpenWorld } from './instruments/opening.ts';
import { faultsOf } from './instruments/soundness.ts';

const GUIDE = 'src/content/docs/guides/host-it-yourself.md';
const COPIES = of(1, 12);
/** A sentence answered this long before a copy began is on the disk when it begins, unless the host fell behind. */
const WRITTEN_MS = 1_000;
const SEGMENTS = of(2, 3);
const BACK_WITHIN_S = 60;
const LOAD_MS = of(1_100, 1_500);

const run = promisify(execFile);

claim('restored', {
  set: 'durability',
  kind: 'measured',
  minutes: { quick: 3, full: 5 },
  reads: [GUIDE],
  why: 'A backup that nobody has restored is a hope. The pinned host has no tool for one, and it writes to all of its files while it runs.',
  method: `The scripts \`backup\` and \`restore\` are taken from the guide as it prints them. Players speak and give, a thinker submits and agents act, while \`backup\` copies the folder of the running host, ${COPIES} times. \`restore\` puts each copy in the place of a lost folder, and a host opens it. The world must be sound as in torn-log, must hold every sentence answered ${WRITTEN_MS / 1_000} s before its copy began, and must tick. The time counts from the first command of the restore to the first tick. The log has ${SEGMENTS} segments, because it was torn and continued before.`,
  control: `From ${SEGMENTS} copies of a backup one segment each is removed. \`restore\` must refuse all of them. How many the host itself would have refused is counted too.`,
  figures: {
    unsound: count('Restored worlds that were not sound', 'worlds'),
    missing: count('Sentences answered in time that were missing', 'sentences'),
    sentences: count('Sentences answered in time', 'sentences'),
    unopened: count('Copies that did not open', 'copies'),
    back: samples('From the first command of a restore to the first tick', 's'),
    refused: count('Copies without a segment that `restore` refused', 'copies'),
    byHost: count('Copies without a segment that the host itself refused', 'copies'),
  },
  limits: ({ subject, control }) => [
    subject.unopened.never(),
    subject.unsound.never(),
    subject.missing.never(),
    full(subject.back.max.atMost(BACK_WITHIN_S)),
    subject.sentences.atLeast(COPIES * of(1, 50)),
    control.refused.exactly(SEGMENTS),
    control.byHost.atLeast(1),
  ],
  headline: ({ subject }) =>
    `${COPIES} copies of a running world, all whole; back in ${subject.back.max.value.toFixed(1)} s`,
  async run({ lab, scale, subject, control }) {
    if (platform() !== 'linux') throw new NotMeasured('the scripts of the guide are for Linux');
    const world = await BusyWorld.found(lab);
    const room = mkdtempSync(join(tmpdir(), 'spellkave-restored-'));
    const scripts = new Scripts(room);
    const place = (name: string): Closed => ({
      folder: join(room, name),
      binary: lab.binary,
      database: lab.database,
      owner: lab.owner,
    });
    try {
      for (let segment = 1; segment < SEGMENTS; segment++) await tear(world);
      await scale.each(async (copy) => {
        const end = await world.start(copy);
        await sleep(LOAD_MS);
        const before = Date.now() - WRITTEN_MS;
        const backup = join(room, `backup-${copy}`);
        await scripts.run('backup', [lab.folder, backup]);
        await end();
        const inTime = [...world.answered].filter(([, atMs]) => atMs <= before).map(([words]) => words);
        const restored = await restore(scripts, backup, place('restored'));
        subject.unopened.add(restored ? 0 : 1);
        subject.sentences.add(inTime.length);
        if (!restored) return;
        const { opened, seconds } = restored;
        subject.back.add(seconds);
        subject.unsound.add((await faultsOf(opened, world.known)).length > 0 ? 1 : 0);
        const heard = new Set((await opened.sql('SELECT words FROM event')).map(({ words }) => String(words)));
        subject.missing.add(inTime.filter((words) => !heard.has(words)).length);
        await killHost(opened.host);
        rmSync(place('restored').folder, { recursive: true });
        if (copy < COPIES - 1) rmSync(backup, { recursive: true });
      }, COPIES);
      await withoutSegments(scripts, join(room, `backup-${COPIES - 1}`), place('short'), control);
    } finally {
      rmSync(room, { recursive: true, force: true });
    }
  },
});

/** The scripts of the guide, ready to run. */
class Scripts {
  readonly #room: string;

  constructor(room: string) {
    this.#room = room;
    for (const name of ['backup', 'restore'])
      writeFileSync(join(room, name), scriptOf(GUIDE, `/usr/local/lib/spellkave/${name}`), { mode: 0o700 });
  }

  /** @throws Error when it ends with another code than 0 */
  async run(name: 'backup' | 'restore', args: string[]): Promise<void> {
    await run(join(this.#room, name), args);
  }
}

/** Tears the newest segment of the log, as a crash may: the host then continues in a new one. */
async function tear({ lab }: BusyWorld): Promise<void> {
  await lab.restart(async (host) => {
    await host.stop();
    const segment = newestSegment(lab.folder);
    truncateSync(segment, statSync(segment).size - 1);
  });
}

/** @returns the world, and the seconds until its first tick; nothing when the host does not open it */
async function restore(
  scripts: Scripts,
  backup: string,
  place: Closed,
): Promise<{ opened: OpenWorld; seconds: number } | undefined> {
  const started = performance.now();
  await scripts.run('restore', [backup, place.folder]);
  const opening = await openWorld(place, 2 * BACK_WITHIN_S * 1_000);
  if (opening.outcome !== 'opened') {
    console.log(opening);
    return undefined;
  }
  const { world: opened } = opening;
  const tick = async () => Number((await opened.sql('SELECT * FROM clock'))[0]?.['tick']);
  for (const first = await tick(); (await tick()) === first;) await sleep(5);
  return { opened, seconds: (performance.now() - started) / 1_000 };
}

/** Removes each segment from another copy of a backup, and lets both the script and the bare host try it. */
async function withoutSegments(
  scripts: Scripts,
  backup: string,
  place: Closed,
  control: { refused: { add(value: number): void }; byHost: { add(value: number): void } },
): Promise<void> {
  const names = segmentsOf(backup).map((path) => path.slice(backup.length));
  for (const name of names) {
    const short = `${backup}-short`;
    cpSync(backup, short, { recursive: true });
    rmSync(short + name);
    const isRefused = await scripts.run('restore', [short, place.folder]).then(
      () => false,
      () => true,
    );
    control.refused.add(isRefused ? 1 : 0);
    const opening = await openWorld({ ...place, folder: short });
    control.byHost.add(opening.outcome === 'refused' ? 1 : 0);
    if (opening.outcome === 'opened') await killHost(opening.world.host);
    rmSync(short, { recursive: true });
    rmSync(place.folder, { recursive: true, force: true });
  }
}
