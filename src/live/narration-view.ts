import { narrate } from './narration.ts';
import { part, write } from './dom.ts';
import type { Scene } from './scene.ts';

/** A live region that changes more often could not be listened to. */
const EVERY_MS = 5_000;

/** One line that says what one sees, anew every few seconds and whenever the minds are switched. */
export class NarrationView {
  readonly #line = part('narration');
  #saidAt = -Infinity;
  #phase = '';

  show(scene: Scene): void {
    const phase = `${scene.era} ${scene.minds?.mode} ${scene.pause}`;
    if (phase === this.#phase && performance.now() - this.#saidAt < EVERY_MS) return;
    const line = narrate(scene);
    if (!line) return;
    this.#phase = phase;
    this.#saidAt = performance.now();
    write(this.#line, line);
  }
}
