import type { MindMode } from './news.ts';
import { part, write } from './dom.ts';
import type { Replay } from './replay.ts';

const SECOND_MS = 1_000;
/** Keys and how far each moves, in milliseconds: a tick, a second, ten seconds. */
const MOVES: Record<string, number> = {
  ',': -100,
  '.': 100,
  ArrowLeft: -SECOND_MS,
  ArrowRight: SECOND_MS,
  PageUp: -10 * SECOND_MS,
  PageDown: 10 * SECOND_MS,
};

/** Pauses, moves and speeds up the recording, by mouse and by keyboard, and links to its moments. */
export class ReplayView {
  readonly #box = part('replay');
  readonly #pause = part<HTMLButtonElement>('replay-pause');
  readonly #at = part<HTMLInputElement>('replay-at');
  readonly #time = part('replay-time');
  readonly #speed = part<HTMLSelectElement>('replay-speed');
  readonly #link = part<HTMLButtonElement>('replay-link');
  #replay: Replay | undefined;

  constructor() {
    this.#pause.addEventListener('click', () => this.#toggle());
    this.#at.addEventListener('input', () => this.#replay?.seek(Number(this.#at.value)));
    this.#speed.addEventListener('change', () => this.#setSpeed());
    this.#link.addEventListener('click', () => void this.#copy());
    document.addEventListener('keydown', (event) => this.#onKey(event));
  }

  /** @param replay undefined when the living world takes its place */
  control(replay: Replay | undefined): void {
    this.#replay = replay;
    this.#box.hidden = !replay;
    if (!replay) return;
    this.#at.max = String(replay.lengthMs);
    this.#setSpeed();
    this.show();
  }

  show(): void {
    const { atMs = 0, lengthMs = 0, isPaused = false } = this.#replay ?? {};
    write(this.#pause, isPaused ? 'Play' : 'Pause');
    write(this.#time, `${clock(atMs)} of ${clock(lengthMs)}`);
    if (document.activeElement !== this.#at || !isPaused) this.#at.value = String(Math.round(atMs));
    const said = `${Math.round(atMs / SECOND_MS)} s`;
    if (this.#at.ariaValueText !== said) this.#at.ariaValueText = said;
  }

  /** Jumps to where the minds were set so: the next such phase, or the first. */
  jump(mode: MindMode): void {
    const replay = this.#replay;
    if (!replay) return;
    const phases = replay.phases.filter((phase) => phase.mode === mode);
    const next = phases.find(({ fromMs }) => fromMs > replay.atMs) ?? phases[0];
    if (next) replay.seek(next.fromMs);
  }

  #toggle(): void {
    if (this.#replay) this.#replay.isPaused = !this.#replay.isPaused;
  }

  #setSpeed(): void {
    if (this.#replay) this.#replay.speed = Number(this.#speed.value);
  }

  #onKey(event: KeyboardEvent): void {
    const { target, key, ctrlKey, altKey, metaKey } = event;
    if (!this.#replay || ctrlKey || altKey || metaKey) return;
    // The controls of the page have their own use for these keys.
    if (target instanceof Element && target.closest('input, select, textarea, button, a, summary, [role=log], .feed'))
      return;
    if (key !== ' ' && !(key in MOVES)) return;
    event.preventDefault();
    if (key === ' ') return this.#toggle();
    this.#replay.isPaused = true;
    this.#replay.seek(this.#replay.atMs + (MOVES[key] ?? 0));
  }

  async #copy(): Promise<void> {
    if (!this.#replay) return;
    this.#replay.isPaused = true;
    const fragment = `#t=${(this.#replay.atMs / SECOND_MS).toFixed(1)}`;
    history.replaceState(null, '', `${location.pathname}${fragment}`);
    const copied = await navigator.clipboard?.writeText(location.href).then(
      () => true,
      () => false,
    );
    write(this.#link, copied ? 'Link copied' : 'The link is in the address bar');
  }
}

/** The moment that the page's address names, in milliseconds. */
export function momentIn(fragment: string): number | undefined {
  const [, seconds] = /(?:^|[#&])t=(\d{1,5}(?:\.\d+)?)(?=&|$)/.exec(fragment) ?? [];
  return seconds === undefined ? undefined : Number(seconds) * SECOND_MS;
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / SECOND_MS);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
