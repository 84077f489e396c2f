import { DotField } from './dot-field.ts';
import type { FromDots, ToDots } from './dot-order.ts';

let field: DotField | undefined;

addEventListener('message', ({ data }: MessageEvent<ToDots>) => {
  if ('canvas' in data) field = new DotField(data.canvas);
  else if ('orders' in data) for (const order of data.orders) field?.take(order);
  else postMessage({ question: data.question, agent: field?.nearest(data.at) } satisfies FromDots);
});
