import type { DotOrder, FromDots, ToDots } from './dot-order.ts';
import type { Point } from './layout.ts';

/**
 * Agents as dots on a canvas. A worker draws them, because a thousand dots cost the page's own thread milliseconds of
 * every frame. What one message of the world says goes to it together.
 */
export class Dots {
  readonly #canvas: HTMLCanvasElement;
  readonly #worker = new Worker(new URL('./dots-worker.ts', import.meta.url), { type: 'module' });
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)');
  readonly #questions = new Map<number, (agent: number | undefined) => void>();
  #asked = 0;
  #orders: DotOrder[] = [];
  #marked: { agent: number | undefined; towards: number | undefined } = { agent: undefined, towards: undefined };

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    const offscreen = canvas.transferControlToOffscreen();
    this.#post({ canvas: offscreen }, [offscreen]);
    this.#worker.addEventListener('message', ({ data: { question, agent } }: MessageEvent<FromDots>) => {
      this.#questions.get(question)?.(agent);
      this.#questions.delete(question);
    });
    const look = () =>
      this.#tell({ kind: 'look', colour: getComputedStyle(canvas).color, isStill: this.#still.matches });
    look();
    this.#still.addEventListener('change', look);
    new MutationObserver(look).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  }

  /** Nobody is anywhere. */
  clear(): void {
    this.#tell({ kind: 'clear' });
  }

  /** Sets where the places are and how large, in CSS pixels of the canvas. Nobody is seen to move by that. */
  arrange(centres: Map<number, Point>, radius: number): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    this.#tell({ kind: 'arrange', centres, radius, width, height, scale: devicePixelRatio });
  }

  /** A new agent appears, one that is known walks. */
  send(agent: number, place: number): void {
    this.#tell({ kind: 'send', agent, place });
  }

  /** The agent is in no place any more. */
  remove(agent: number): void {
    this.#tell({ kind: 'remove', agent });
  }

  /** Something happens in a place. */
  pulse(place: number): void {
    this.#tell({ kind: 'pulse', place });
  }

  /** Draws a ring around one agent, and a line to the place where it goes next. */
  mark(agent: number | undefined, towards?: number): void {
    if (agent === this.#marked.agent && towards === this.#marked.towards) return;
    this.#marked = { agent, towards };
    this.#tell({ kind: 'mark', ...this.#marked });
  }

  /** @returns the agent whose dot is there, in CSS pixels of the canvas */
  nearest(at: Point): Promise<number | undefined> {
    const question = ++this.#asked;
    return new Promise((resolve) => {
      this.#questions.set(question, resolve);
      this.#post({ question, at });
    });
  }

  #tell(order: DotOrder): void {
    this.#orders.push(order);
    if (this.#orders.length > 1) return;
    queueMicrotask(() => {
      this.#post({ orders: this.#orders });
      this.#orders = [];
    });
  }

  #post(message: ToDots, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}
