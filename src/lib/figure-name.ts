/** The parts of a figure's name in evidence, e.g. `lateness.p99`: what was sampled, and which quantile of it. */
export interface FigureName {
  samples: string;
  /** From 0 to 100; absent for a count, a mean or any other figure that is not a quantile. */
  percent?: number;
}

const QUANTILE = /^(?<samples>.+)\.(?:p(?<percent>\d+)|(?<max>max))$/;

export function parseFigureName(name: string): FigureName {
  const { samples, percent, max } = QUANTILE.exec(name)?.groups ?? {};
  if (!samples) return { samples: name };
  return { samples, percent: max ? 100 : Number(percent) };
}

export function writeFigureName({ samples, percent }: FigureName): string {
  if (percent === undefined) return samples;
  return `${samples}.${percent === 100 ? 'max' : `p${percent}`}`;
}
