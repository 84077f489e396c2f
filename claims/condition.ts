import { z } from 'zod';

const name = z.string().regex(/^[a-z\d][\w.-]*$/);

/** What a run measured under one of several conditions: figures without a limit, one line of the page's table. */
export const Condition = z.strictObject({
  /** Short, for citations, e.g. `10000x1`. */
  name,
  /** The condition in words. */
  label: z.string(),
  figures: z.array(z.strictObject({ name, label: z.string(), value: z.number(), unit: z.string() })).min(1),
});
export type Condition = z.infer<typeof Condition>;

/** A figure that a citation can name. */
export interface Citable {
  /** What the citation ends in, after `#`, e.g. `10000x1.due-p99`. */
  anchor: string;
  value: number;
  unit: string;
}

/** The figures of conditions, as citations know them. */
export function citable(conditions: Condition[]): Citable[] {
  return conditions.flatMap(({ name: condition, figures }) =>
    figures.map(({ name: figure, value, unit }) => ({ anchor: `${condition}.${figure}`, value, unit })),
  );
}
