import { quantile } from '../../spike/client/quantile.ts';
import { part, write } from './dom.ts';
import type { Scene } from './scene.ts';
import { Strip } from './strip.ts';

/** Figures that changed with every tick could not be read. */
const FIGURES_MS = 1_000;

/** How late the ticks of the last minute were. */
export class LatenessView {
  readonly #strip = new Strip(part('lateness'));
  readonly #figures = { p50: part('late-p50'), p99: part('late-p99'), max: part('late-max') };
  readonly #skipped = part('late-skipped');
  #shownAt = -Infinity;

  show({ ticks, now, phases }: Scene): void {
    const points = ticks.map(({ atMs, latenessMs }) => ({ atMs, value: latenessMs }));
    this.#strip.draw(points, now);
    this.#strip.shade(phases, now);
    if (performance.now() - this.#shownAt < FIGURES_MS) return;
    this.#shownAt = performance.now();
    const sorted = points.map(({ value }) => value).sort((a, b) => a - b);
    const figure = (share: number) => (sorted.length > 0 ? `${quantile(sorted, share).toFixed(1)} ms` : '–');
    write(this.#figures.p50, figure(0.5));
    write(this.#figures.p99, figure(0.99));
    write(this.#figures.max, figure(1));
    write(this.#skipped, String(ticks.reduce((sum, { skipped }) => sum + skipped, 0)));
  }
}
