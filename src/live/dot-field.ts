import { whereIs, type Dot } from './dot.ts';
import type { DotOrder } from './dot-order.ts';
import type { Point } from './layout.ts';
import { drawMark } from './mark.ts';
import { Seats } from './seats.ts';

const LONGEST_MOVE_MS = 800;
const CLOSER_MS = 300;
const PULSE_MS = 1_400;
/** A click this far from the edge of a dot still means it, in CSS pixels. */
const REACH_PX = 4;

/**
 * Draws agents as dots that walk from place to place, and a ring where something happens. Frames are drawn only while
 * something moves; a reader who prefers no motion sees dots jump and no rings. It needs no page, so a worker can hold it.
 */
export class DotField {
  readonly #canvas: OffscreenCanvas;
  readonly #seats = new Seats();
  readonly #dots = new Map<number, Dot>();
  #pulses: { place: number; began: number }[] = [];
  #marked: { agent: number; towards: number | undefined } | undefined;
  #colour = '';
  #isStill = false;
  #radius = 0;
  /** Device pixels of a CSS pixel. */
  #scale = 1;
  #frame = 0;

  constructor(canvas: OffscreenCanvas) {
    this.#canvas = canvas;
  }

  take(order: DotOrder): void {
    switch (order.kind) {
      case 'clear':
        this.#dots.clear();
        this.#seats.clear();
        this.#pulses = [];
        break;
      case 'arrange':
        this.#arrange(order);
        break;
      case 'send':
        this.#send(order.agent, order.place);
        break;
      case 'remove':
        this.#remove(order.agent);
        break;
      case 'pulse':
        if (!this.#isStill) this.#pulse(order.place);
        break;
      case 'mark':
        this.#marked = order.agent === undefined ? undefined : { agent: order.agent, towards: order.towards };
        break;
      case 'look':
        [this.#colour, this.#isStill] = [order.colour, order.isStill];
    }
    this.#wake();
  }

  /** The agent whose dot is there, in CSS pixels of the canvas. */
  nearest({ x, y }: Point): number | undefined {
    const now = performance.now();
    let [found, least]: [number | undefined, number] = [undefined, this.#size + REACH_PX];
    for (const [agent, dot] of this.#dots) {
      const at = whereIs(dot, now);
      const distance = Math.hypot(at.x - x, at.y - y);
      if (distance < least) [found, least] = [agent, distance];
    }
    return found;
  }

  #arrange({ centres, radius, width, height, scale }: Extract<DotOrder, { kind: 'arrange' }>): void {
    [this.#radius, this.#scale] = [radius, scale];
    this.#seats.arrange(centres, radius);
    for (const dot of this.#dots.values()) {
      dot.to = this.#seats.point(dot.place, dot.seat);
      dot.lasts = 0;
    }
    this.#canvas.width = Math.round(width * scale);
    this.#canvas.height = Math.round(height * scale);
  }

  /** A new agent appears, one that is known walks; one that moves often walks as fast as it must. */
  #send(agent: number, place: number): void {
    const now = performance.now();
    const { seat, crowd } = this.#seats.take(agent, place);
    const dot = this.#dots.get(agent);
    if (dot) {
      this.#seats.leave(dot.place, dot.seat);
      dot.place = place;
      dot.seat = seat;
      this.#walk(dot, Math.min(LONGEST_MOVE_MS, 0.8 * (now - dot.began)));
    } else {
      const to = this.#seats.point(place, seat);
      this.#dots.set(agent, { place, seat, from: to, to, began: now, lasts: 0 });
    }
    for (const other of crowd) {
      const near = this.#dots.get(other);
      if (near?.place === place) this.#walk(near, CLOSER_MS);
    }
  }

  #remove(agent: number): void {
    const dot = this.#dots.get(agent);
    if (!dot) return;
    this.#seats.leave(dot.place, dot.seat);
    this.#dots.delete(agent);
  }

  /** A page in the background draws no frames, so old ones go here too. */
  #pulse(place: number): void {
    const now = performance.now();
    this.#pulses = [...this.#recent(now), { place, began: now }];
  }

  #recent(now: number) {
    return this.#pulses.filter(({ began }) => now < began + PULSE_MS);
  }

  #target(): Point | undefined {
    const { towards } = this.#marked ?? {};
    return towards === undefined ? undefined : this.#seats.centre(towards);
  }

  get #size(): number {
    return Math.max(1.2, (0.5 * this.#radius) / Math.sqrt(this.#seats.mostSeats));
  }

  #walk(dot: Dot, lasts: number): void {
    const now = performance.now();
    dot.from = whereIs(dot, now);
    dot.to = this.#seats.point(dot.place, dot.seat);
    dot.began = now;
    dot.lasts = this.#isStill ? 0 : lasts;
  }

  #wake(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#draw(performance.now())) this.#wake();
    });
  }

  /** @returns whether anything still moves */
  #draw(now: number): boolean {
    const context = this.#canvas.getContext('2d');
    if (!context) return false;
    context.setTransform(this.#scale, 0, 0, this.#scale, 0, 0);
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    context.fillStyle = context.strokeStyle = this.#colour;

    const size = this.#size;
    let moving = false;
    context.beginPath();
    for (const dot of this.#dots.values()) {
      const { x, y } = whereIs(dot, now);
      moving ||= now < dot.began + dot.lasts;
      context.moveTo(x + size, y);
      context.arc(x, y, size, 0, 2 * Math.PI);
    }
    context.fill();
    const marked = this.#marked && this.#dots.get(this.#marked.agent);
    if (marked) drawMark(context, whereIs(marked, now), size, this.#target());

    this.#pulses = this.#recent(now);
    for (const { place, began } of this.#pulses) {
      const share = (now - began) / PULSE_MS;
      const { x, y } = this.#seats.centre(place);
      context.globalAlpha = 1 - share;
      context.beginPath();
      context.arc(x, y, this.#radius * (1 + 0.6 * share), 0, 2 * Math.PI);
      context.stroke();
    }
    context.globalAlpha = 1;
    return moving || this.#pulses.length > 0;
  }
}
