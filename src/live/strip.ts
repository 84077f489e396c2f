import type { MindMode } from './news.ts';
import { SPAN_MS } from './scene.ts';

const [WIDTH, HEIGHT] = [600, 100];
/** A longer silence than this leaves a gap, in milliseconds. */
const GAP_MS = 3_000;
const STEPS = [1, 1.25, 2, 2.5, 5];

/** The last minute of one figure. Its numbers stand in words next to it, so it is hidden from screen readers. */
export class Strip {
  readonly #line: SVGPathElement | null;
  readonly #rule: SVGPathElement | null;
  readonly #shade: SVGPathElement | null;
  readonly #caption: HTMLElement | null;
  readonly #limit: HTMLElement | null;
  readonly #top: HTMLElement | null;
  readonly #least: number;
  readonly #most: number;
  readonly #stepped: boolean;
  readonly #unit: string;
  readonly #bound: number;

  /** @param box of `Strip.astro`; its data says between which tops the scale may be, its unit, and a limit to draw */
  constructor(box: HTMLElement) {
    const find = <E extends Element>(selector: string) => box.querySelector<E>(selector);
    [this.#line, this.#rule] = [find('.line'), find('.rule')];
    [this.#shade, this.#caption] = [find('.shade'), find('.caption')];
    [this.#limit, this.#top] = [find('.limit'), find('.top')];
    this.#least = Number(box.dataset['least']);
    this.#most = Number(box.dataset['most'] ?? Infinity);
    this.#unit = box.dataset['unit'] ?? '';
    this.#bound = Number(box.dataset['limit'] ?? 0);
    this.#stepped = 'stepped' in box.dataset;
  }

  draw(points: { atMs: number; value: number }[], now: number): void {
    const highest = points.reduce((most, { value }) => Math.max(most, value), this.#least);
    const top = Math.min(this.#most, ceiling(highest));
    const y = (value: number) => HEIGHT - (Math.min(top, Math.max(0, value)) / top) * HEIGHT;
    let [path, before] = ['', -Infinity];
    for (const { atMs, value } of points) {
      const x = (WIDTH * (atMs - now + SPAN_MS)) / SPAN_MS;
      const pen = atMs - before > GAP_MS ? 'M' : this.#stepped ? `H${x.toFixed(1)}L` : 'L';
      path += `${pen}${x.toFixed(1)} ${y(value).toFixed(1)}`;
      before = atMs;
    }
    this.#line?.setAttribute('d', path);
    this.#rule?.setAttribute('d', this.#bound ? `M0 ${y(this.#bound)}H${WIDTH}` : '');
    if (this.#limit) this.#limit.style.top = `${y(this.#bound)}%`;
    if (this.#top) this.#top.textContent = `${top.toLocaleString('en-GB')}${this.#unit}`;
  }

  /** Shades the stretches in which the minds were slowed or stopped, and names the last of them. */
  shade(phases: { mode: MindMode; fromMs: number }[], now: number): void {
    const x = (atMs: number) => Math.max(0, (WIDTH * (atMs - now + SPAN_MS)) / SPAN_MS);
    const stretches = phases.map(({ mode, fromMs }, at) => ({
      mode,
      from: x(fromMs),
      to: x(phases[at + 1]?.fromMs ?? now),
    }));
    const shown = stretches.filter(({ mode, from, to }) => mode !== 'Normal' && to > from);
    this.#shade?.setAttribute('d', shown.map(({ from, to }) => `M${from} 0H${to}V${HEIGHT}H${from}Z`).join(''));
    const last = shown.at(-1);
    if (!this.#caption) return;
    this.#caption.hidden = !last;
    this.#caption.textContent = last ? `minds ${last.mode.toLowerCase()}` : '';
    if (last) this.#caption.style.insetInlineStart = `${Math.min(75, (100 * last.from) / WIDTH)}%`;
  }
}

/** The next round number, so that a scale changes seldom. */
function ceiling(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value));
  return decade * (STEPS.find((step) => step * decade >= value) ?? 10);
}
