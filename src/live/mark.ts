import type { Point } from './layout.ts';

/** Draws a ring around a dot, and a line to where its agent goes next. */
export function drawMark(
  context: OffscreenCanvasRenderingContext2D,
  at: Point,
  radius: number,
  to: Point | undefined,
): void {
  context.lineWidth = 2;
  context.beginPath();
  context.arc(at.x, at.y, radius + 3, 0, 2 * Math.PI);
  context.stroke();
  context.lineWidth = 1;
  if (!to) return;
  context.setLineDash([4, 4]);
  context.beginPath();
  context.moveTo(at.x, at.y);
  context.lineTo(to.x, to.y);
  context.stroke();
  context.setLineDash([]);
}
