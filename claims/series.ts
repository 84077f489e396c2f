import type { Condition } from './condition.ts';

/** The figure by which a condition is a moment of a run, in seconds from its begin. */
export const SECOND = 'second';

/** One figure of a run over its time. */
export interface Series {
  name: string;
  label: string;
  unit: string;
  points: { second: number; value: number; phase: string }[];
}

/** The figures of conditions that are moments, in the order of time; nothing where they are not. */
export function seriesOf(conditions: readonly Condition[] = []): Series[] {
  const moments = conditions.flatMap(({ label: phase, figures }) => {
    const second = figures.find(({ name }) => name === SECOND)?.value;
    return second === undefined ? [] : [{ second, phase, figures: figures.filter(({ name }) => name !== SECOND) }];
  });
  if (moments.length < conditions.length) return [];
  const figures = new Map(moments.flatMap(({ figures }) => figures.map((figure) => [figure.name, figure] as const)));
  return [...figures.values()].map(({ name, label, unit }) => ({
    name,
    label,
    unit,
    points: moments
      .flatMap(({ second, phase, figures }) =>
        figures.filter((figure) => figure.name === name).map(({ value }) => ({ second, value, phase })),
      )
      .sort((a, b) => a.second - b.second),
  }));
}
