import { median, medianAbsoluteDeviation } from 'simple-statistics';
import { anchorOf, type Check } from '../../claims/check.ts';
import type { Run } from '../../claims/evidence.ts';
import type { HistoryEntry } from '../../claims/history.ts';

/** With fewer runs nobody knows how far they vary. */
export const FEWEST_RUNS = 3;
/** The median absolute deviation of normally distributed values, times this, is their standard deviation. */
const TO_DEVIATION = 1.4826;
const DEVIATIONS = 3;

/** A figure in the earlier full runs of the same experiment on the same machine, oldest first. */
export function earlierValues(history: readonly HistoryEntry[], run: Run, check: Check): number[] {
  const { host, cpu, cores, node, startedAt } = run.provenance;
  return history
    .filter(({ date, experiment }) => date < startedAt && experiment === run.experiment)
    .filter((entry) => entry.host === host && entry.machine.cpu === cpu)
    .filter(({ machine }) => machine.cores === cores && machine.node === node)
    .flatMap(({ figures }) => figures.filter(({ anchor }) => anchor === anchorOf(check)).map(({ value }) => value));
}

/**
 * Whether a value lies outside of what earlier runs vary by: further from their median than three deviations, and beyond
 * every one of them. Nothing where there are too few runs to say.
 */
export function isOutside(value: number, earlier: number[]): boolean | undefined {
  if (earlier.length < FEWEST_RUNS) return undefined;
  const spread = DEVIATIONS * TO_DEVIATION * medianAbsoluteDeviation(earlier);
  const isBeyond = value > Math.max(...earlier) || value < Math.min(...earlier);
  return isBeyond && Math.abs(value - median(earlier)) > spread;
}
