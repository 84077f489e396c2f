import type { Evidence } from '../../claims/evidence.ts';

/** Nothing was ever measured: a guess at how long a claim takes, in seconds. */
const GUESS = 60;

/** Seconds that each claim took when it was last measured; one that never was is taken for one in the middle. */
export function secondsOf(claims: string[], last: (claim: string) => Evidence | undefined): Map<string, number> {
  const known = new Map(
    claims.flatMap((claim): [string, number][] => {
      const evidence = last(claim);
      return evidence && evidence.verdict !== 'not measured' ? [[claim, evidence.provenance.seconds]] : [];
    }),
  );
  const sorted = [...known.values()].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? GUESS;
  return new Map(claims.map((claim) => [claim, known.get(claim) ?? middle]));
}

/** A time that nobody should take for exact. */
export function about(seconds: number): string {
  return seconds < 55 ? `about ${Math.max(5, Math.round(seconds / 5) * 5)} s` : `about ${Math.round(seconds / 60)} min`;
}
