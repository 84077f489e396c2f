import type { Evidence } from '../../claims/evidence.ts';

/** In seconds, for when no claim has ever been measured. */
const GUESS = 60;

/** Seconds each claim took last time; the median for claims never measured. */
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

/** Rounded, so that nobody takes it for exact. */
export function about(seconds: number): string {
  return seconds < 55 ? `about ${Math.max(5, Math.round(seconds / 5) * 5)} s` : `about ${Math.round(seconds / 60)} min`;
}
