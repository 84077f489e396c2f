import type { Point } from './layout.ts';

/** What the page tells those who draw the dots. Lengths are CSS pixels of the canvas. */
export type DotOrder =
  | { kind: 'clear' }
  | { kind: 'arrange'; centres: Map<number, Point>; radius: number; width: number; height: number; scale: number }
  | { kind: 'send'; agent: number; place: number }
  | { kind: 'remove'; agent: number }
  | { kind: 'pulse'; place: number }
  | { kind: 'mark'; agent: number | undefined; towards: number | undefined }
  | { kind: 'look'; colour: string; isStill: boolean };

/** One message to the worker: its canvas, orders in their sequence, or the question who stands at a point. */
export type ToDots = { canvas: OffscreenCanvas } | { orders: DotOrder[] } | { question: number; at: Point };

/** The worker's answer to a question. */
export interface FromDots {
  question: number;
  agent: number | undefined;
}
