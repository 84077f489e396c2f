import { ask, type Channel } from './owner-channel.ts';
import { part, write } from './dom.ts';
import type { ThoughtStep } from '../../spike/client/thought-step.ts';
import type { News } from './news.ts';
import { Refusals } from './refusals.ts';
import type { Tally } from './tally.ts';

/** How everything is, as `npm start` sees it. */
interface Look {
  hostIsUp: boolean;
  /** Whether each thinker runs. */
  thinkers: boolean[];
  lies: boolean;
  /** How late its own timers were, at worst, in the last ten seconds. */
  lateMs: number;
  whole?: { doubled: number; halves: number };
  thoughts: { era: number; next: number; steps: ThoughtStep[] };
}

const EVERY_MS = 1_000;
/** A timer outside the world that is later than this says that the machine is busy. */
const BUSY_MS = 50;

export interface OwnerViewOptions {
  channel: Channel;
  tell: (news: News) => void;
  /** What the page has counted, once it is connected. */
  tally: () => Tally | undefined;
}

/** The buttons that break something on purpose, and what `npm start` counts meanwhile. Shown to the owner alone. */
export class OwnerView {
  readonly #options: OwnerViewOptions;
  readonly #refusals = new Refusals();
  #look: Look | undefined;
  #isLost = false;

  constructor(options: OwnerViewOptions) {
    this.#options = options;
    part('faults').hidden = false;
    const press = (name: string, on?: () => boolean) =>
      part(`fault-${name}`).addEventListener('click', () => void this.#press(name, on && { on: on() }));
    press('kill-thinker');
    press('kill-host');
    press('second-thinker', () => this.#look?.thinkers.length !== 2);
    press('lie', () => !this.#look?.lies);
    void this.#watch();
  }

  /** Says what was pressed, or why it was not done. */
  async #press(name: string, asked?: { on: boolean }): Promise<void> {
    try {
      await ask(this.#options.channel, name, asked);
      write(part('fault-why'), '');
    } catch (error) {
      write(part('fault-why'), `That was not done: ${(error as Error).message}.`);
    }
    await this.#see();
  }

  async #watch(): Promise<void> {
    for (;;) {
      await this.#see();
      await new Promise((next) => setTimeout(next, EVERY_MS));
    }
  }

  async #see(): Promise<void> {
    const { era, next } = this.#look?.thoughts ?? { era: 0, next: 0 };
    try {
      this.#look = (await ask(this.#options.channel, 'look', { era, next })) as Look;
    } catch (error) {
      this.#isLost = true;
      write(part('fault-why'), `${(error as Error).message}.`);
      return;
    }
    if (this.#isLost) write(part('fault-why'), '');
    this.#isLost = false;
    const { steps, era: newest } = this.#look.thoughts;
    const anew = newest !== era;
    this.#refusals.add(steps, anew);
    if (anew || steps.length > 0) this.#options.tell({ kind: 'thoughts', anew, steps });
    this.#show(this.#look);
  }

  #show({ hostIsUp, thinkers, lies, lateMs, whole }: Look): void {
    const thinking = thinkers.map((up) => (up ? 'runs' : 'starts again')).join(', ') || 'none';
    write(part('count-host'), hostIsUp ? 'runs' : 'starts again');
    write(part('count-thinkers'), lies ? `${thinking}, with a mind that lies` : thinking);
    write(part('count-doubled'), whole ? String(whole.doubled) : '–');
    write(part('count-halves'), whole ? String(whole.halves) : '–');
    write(part('count-refused'), String(this.#refusals.count));
    const tally = this.#options.tally();
    write(part('count-goods'), tally ? (tally.conserved ? 'conserved' : 'not conserved') : '–');
    write(part('count-acts'), tally ? String(tally.acts) : '–');
    write(part('count-lost'), tally ? String(tally.lost) : '–');
    part('fault-second-thinker').ariaPressed = String(thinkers.length === 2);
    part('fault-lie').ariaPressed = String(lies);
    write(
      part('busy'),
      lateMs > BUSY_MS
        ? `This machine is busy: a timer outside the world was ${Math.round(lateMs)} ms late too, so the clock’s lateness is not the world’s.`
        : '',
    );
  }
}
