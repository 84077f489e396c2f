import type { Claim } from './claim.ts';
import { wordedFigures, type Worded } from './cited.ts';
import { runIn } from './hosts.ts';

/** What a claim says of the size of a world: its figures of memory, disk and restart. */
export interface SizeRow {
  claim: string;
  isClaim: boolean;
  figures: Worded[];
}

/** Who measures what, by the words of the figures, so that a new figure shows by itself. */
const MEASURED: [claim: string, words: RegExp][] = [
  ['tick-capacity', /memory/i],
  ['tick-scale', /memory|restart/i],
  ['log-growth', /day|reading|replay|restart|disk/i],
];

export function sizeRows(claims: readonly Pick<Claim, 'id' | 'evidence'>[]): SizeRow[] {
  return MEASURED.map(([claim, words]) => {
    const evidence = claims.find(({ id }) => id === claim)?.evidence;
    const run = runIn(evidence);
    const figures = run ? wordedFigures(run).filter(({ label }) => words.test(label)) : [];
    return { claim, isClaim: evidence !== undefined, figures };
  });
}

/** Gigabytes that the log grows in a day with 1,000 acting, or with as many as the claim has first. */
export function diskPerDay(claims: readonly Pick<Claim, 'id' | 'evidence'>[]): Worded | undefined {
  const daily = sizeRows(claims)
    .flatMap(({ claim, figures }) => (claim === 'log-growth' ? figures : []))
    .filter(({ unit, label }) => /^GB/.test(unit) && /day/i.test(`${label} ${unit}`));
  return daily.find(({ anchor, label }) => /\b1,?000\b/.test(`${anchor} ${label}`)) ?? daily[0];
}

/** How many living agents fit into half of a memory, by what tick-capacity measured of 100,000. */
export function livingIn(gibibytes: number, claims: readonly Pick<Claim, 'id' | 'evidence'>[]): number | undefined {
  const run = runIn(claims.find(({ id }) => id === 'tick-capacity')?.evidence);
  const memory = run && wordedFigures(run).find(({ anchor }) => anchor === 'memory');
  return memory && ((gibibytes * 1_024) / 2 / memory.value) * 100_000;
}
