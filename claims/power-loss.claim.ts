import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Condition } from './condition.ts';
import { claim } from './harness/claim.ts';
import { count, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import { of } from './harness/scale.ts';
import { round } from './harness/statistics.ts';
import { BusyWorld } from './instruments/busy.ts';
import { openWorld } from './instruments/opening.ts';
import { cutPower, requireStrace, TracedHost } from './instruments/power-cut.ts';
import { faultsOf } from './instruments/soundness.ts';

const CUTS = of(1, 12);
const SLOW_CUTS = of(0, 5);
const EARLY_CUTS = of(1, 4);
const ALONE_MS = 1_500;
/** The host syncs every 500 ms; the writes before a sync, and the sync, take time too. */
const LOST_MS = 1_000;
const SLOW_SYNC_MS = 200;
/** Syncs that a lying disk only pretends to do: a second and a half of them. */
const LIES = 3;
/** A cut comes at any moment between two syncs. */
const LOAD_MS = { least: 700, spread: 500 };

claim('power-loss', {
  set: 'durability',
  kind: 'finding',
  minutes: { quick: 3, full: 5 },
  why: 'A kill leaves the operating system running, and with it whatever the host has written but not synced. A power cut does not, so it may take more, up to the whole world.',
  method: `The host runs under strace, which notes each write to a file and each sync. Under the load of players, a thinker and agents it is killed with SIGKILL at a random moment, and its log is then cut off at the length that it had when the last sync that returned had begun: nothing that was written later survives. A host opens what is left, ${CUTS} times in a row. The loss is the age of the oldest answered sentence that is missing; the world must be sound as in torn-log. Then ${EARLY_CUTS} cuts less than two seconds after a start also empty or shorten every other file by what was never synced, and the start that \`npm start\` uses must open the world. ${SLOW_CUTS} more cuts delay each sync by ${SLOW_SYNC_MS} ms. Not modelled: lost directory entries, pages written in another order than the program’s, and blocks that the disk tears.`,
  control: `A disk that lies: the last ${LIES} syncs only pretended. More than ${LOST_MS} ms must be lost. After a cut soon after a start, the bare host is started on a copy: it must refuse, because its metadata.toml is empty.`,
  figures: {
    loss: samples('Age of the oldest answered sentence that was lost', 'ms'),
    unopened: count('Worlds that the host did not open', 'worlds'),
    unsound: count('Worlds that were not sound', 'worlds'),
    answered: count('Sentences answered before the cuts', 'sentences'),
    early: count(
      'Cuts soon after a start, all unsynced files lost, after which the host did not open the world',
      'cuts',
    ),
  },
  limits: ({ subject, control }) => [
    full(subject.loss.max.atMost(LOST_MS)),
    subject.unopened.never(),
    subject.unsound.never(),
    subject.early.never(),
    subject.answered.atLeast(CUTS * 100),
    control.loss.max.atLeast(LOST_MS),
    control.early.exactly(EARLY_CUTS),
  ],
  headline: ({ subject }) => `${CUTS} cuts, at worst ${Math.round(subject.loss.max.value)} ms lost`,
  async run({ lab, scale, subject, control, tally, under }) {
    requireStrace();
    const world = await BusyWorld.found(lab);
    const room = mkdtempSync(join(tmpdir(), 'spellkave-power-'));
    const cuts = new PowerCuts(world, room);
    try {
      await cuts.begin();
      await scale.each(async () => {
        const { lossMs, isOpened, faults } = await cuts.cut();
        subject.answered.add(world.answered.size);
        subject.unopened.add(isOpened ? 0 : 1);
        subject.unsound.add(faults.length > 0 ? 1 : 0);
        subject.loss.add(lossMs);
        tally('subject', 'cut off at the last sync', outcome(lossMs, isOpened));
      }, CUTS);
      for (let cut = 0; cut < EARLY_CUTS; cut++) {
        const { startsAlone, isOpened } = await cuts.cutEarly();
        subject.early.add(isOpened ? 0 : 1);
        control.early.add(startsAlone ? 0 : 1);
      }
      const lied = await cuts.cut({ lied: LIES });
      control.loss.add(lied.lossMs);
      tally('control', 'a disk that lies', outcome(lied.lossMs, lied.isOpened));
      if (SLOW_CUTS > 0) under(await slowDisk(cuts));
    } finally {
      rmSync(room, { recursive: true, force: true });
    }
  },
});

/** What a cut costs when each sync takes long. */
async function slowDisk(cuts: PowerCuts): Promise<Condition> {
  await cuts.begin(SLOW_SYNC_MS);
  const losses: Loss[] = [];
  for (let cut = 0; cut < SLOW_CUTS; cut++) losses.push(await cuts.cut({ delaySyncMs: SLOW_SYNC_MS }));
  const sound = losses.filter(({ isOpened, faults }) => isOpened && faults.length === 0);
  const figure = (name: string, label: string, unit: string, value: number) => ({
    name,
    label,
    unit,
    value: round(value),
  });
  return {
    name: 'slow-sync',
    label: `Each sync begins ${SLOW_SYNC_MS} ms late, ${SLOW_CUTS} cuts`,
    figures: [
      figure(
        'loss',
        'Age of the oldest answered sentence that was lost, worst',
        'ms',
        Math.max(...losses.map(({ lossMs }) => lossMs)),
      ),
      figure('sound', 'Worlds opened and sound', 'worlds', sound.length),
    ],
  };
}

function outcome(lossMs: number, isOpened: boolean): Record<string, number> {
  return {
    opened: isOpened ? 1 : 0,
    'lost nothing that was answered': lossMs > 0 ? 0 : 1,
    'not opened': isOpened ? 0 : 1,
  };
}

interface Loss {
  lossMs: number;
  isOpened: boolean;
  faults: string[];
}

/** A world whose host runs under a trace, and loses its power again and again. */
class PowerCuts {
  readonly #world: BusyWorld;
  readonly #room: string;
  #traced: TracedHost;
  #stretch = 0;

  constructor(world: BusyWorld, room: string) {
    this.#world = world;
    this.#room = room;
    this.#traced = this.#next();
  }

  /** Starts the host again, under the trace. */
  async begin(delaySyncMs = 0): Promise<void> {
    const { lab } = this.#world;
    await lab.host.stop();
    this.#traced = this.#next(delaySyncMs);
    await this.#open();
  }

  /** Lets the world live for a moment and cuts the power. */
  async cut({ lied = 0, delaySyncMs = 0 } = {}): Promise<Loss> {
    const { lab, answered } = this.#world;
    answered.clear();
    const end = await this.#world.start(++this.#stretch);
    await sleep(LOAD_MS.least + Math.random() * LOAD_MS.spread + lied * 500);
    const killedMs = Date.now();
    const written = await this.#traced.kill(lab.host);
    await end();
    cutPower(written, (path) => path.endsWith('.stdb.log'), lied);
    this.#traced = this.#next(delaySyncMs);
    const isOpened = await this.#open();
    if (!isOpened) return { lossMs: 0, isOpened, faults: [] };
    const heard = new Set((await lab.sql('SELECT words FROM event')).map(({ words }) => String(words)));
    const lost = [...answered].filter(([words, atMs]) => atMs < killedMs && !heard.has(words)).map(([, atMs]) => atMs);
    const faults = await faultsOf(lab, this.#world.known);
    return { lossMs: lost.length > 0 ? killedMs - Math.min(...lost) : 0, isOpened, faults };
  }

  /**
   * Cuts the power soon after a start, and drops every byte of every file that no sync had covered.
   * @returns whether the host starts on that by itself, and whether `startHost` opens the world
   */
  async cutEarly(): Promise<{ startsAlone: boolean; isOpened: boolean }> {
    const { lab } = this.#world;
    await sleep(LOAD_MS.least);
    cutPower(await this.#traced.kill(lab.host), () => true);
    const alone = join(this.#room, 'alone');
    cpSync(lab.folder, alone, { recursive: true });
    const startsAlone = startsByItself(lab.binary.path, alone);
    rmSync(alone, { recursive: true });
    this.#traced = this.#next();
    return { startsAlone, isOpened: await this.#open() };
  }

  #next(delaySyncMs = 0): TracedHost {
    return new TracedHost(this.#world.lab.binary, this.#world.lab.folder, this.#room, delaySyncMs);
  }

  async #open(): Promise<boolean> {
    const { lab } = this.#world;
    this.#traced.begin();
    const { folder, database, owner } = lab;
    const opening = await openWorld({ folder, database, owner, binary: this.#traced.binary });
    if (opening.outcome !== 'opened') return false;
    lab.host = opening.world.host;
    return true;
  }
}

/** Whether the bare host is still there after a few seconds; one that cannot read its folder ends within one. */
function startsByItself(program: string, folder: string): boolean {
  const args = ['start', '--data-dir', join(folder, 'data'), '--jwt-key-dir', join(folder, 'keys')];
  const run = spawnSync(program, [...args, '--listen-addr', '127.0.0.1:0'], { timeout: ALONE_MS, stdio: 'ignore' });
  return run.status === null;
}
