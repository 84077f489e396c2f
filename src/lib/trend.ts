import { join } from 'node:path';
import { readHistory, type HistoryEntry } from '../../claims/history.ts';

/** One full run of a claim on the pinned host, as far as its first figure goes. */
export interface TrendRow {
  entry: HistoryEntry;
  /** Absent where that run did not have the figure. */
  figure: HistoryEntry['figures'][number] | undefined;
  /** What changed since the run before, so that a reader does not compare what cannot be compared. */
  changed: ('experiment' | 'machine')[];
}

/** Figures that a record argues with although they are not the first of their claim: their page follows them as well. */
export const FOLLOWED: Readonly<Record<string, string[]>> = { 'reducer-budget': ['lively-tick.p99'] };

/** The runs of a claim, newest first. @param anchor of the figure to follow */
export function readTrend(root: string, claim: string, anchor: string): TrendRow[] {
  return trendOf(readHistory(join(root, 'evidence'), claim), anchor);
}

export function trendOf(entries: readonly HistoryEntry[], anchor: string): TrendRow[] {
  return entries
    .map((entry, index): TrendRow => {
      const before = entries[index - 1];
      return {
        entry,
        figure: entry.figures.find((figure) => figure.anchor === anchor),
        changed: [
          ...(before && before.experiment !== entry.experiment ? (['experiment'] as const) : []),
          ...(before && machineOf(before) !== machineOf(entry) ? (['machine'] as const) : []),
        ],
      };
    })
    .reverse();
}

function machineOf({ host, machine: { cpu, cores, node } }: HistoryEntry): string {
  return [host, cpu, cores, node].join(', ');
}
