import { anchorOf, type Check } from '../../claims/check.ts';
import type { Evidence, Run } from '../../claims/evidence.ts';
import { readHosts, type Host } from '../../claims/hosts.ts';
import { day } from './format.ts';
import { oncePerBuild } from './once-per-build.ts';

/** The other hosts that were measured, oldest version first. The linter reports what cannot be read. */
export const otherHosts: (root: string) => Host[] = oncePerBuild('hosts', (root) => readHosts(root).hosts);

/** When another host was measured. It cannot be measured again here, so this takes the place of fresh or stale. */
export function measuredAt({ provenance }: Pick<Run, 'provenance'>): string {
  return `measured at ${provenance.commit.slice(0, 7)}, ${day(provenance.startedAt)}`;
}

export const machineOf = ({ provenance }: Pick<Run, 'provenance'>): string =>
  `${provenance.cpu.replaceAll('(R)', '')}, ${provenance.cores} cores`;

/** The run in a piece of evidence, if there was one. */
export function runIn(evidence: Evidence | undefined): Run | undefined {
  return evidence && evidence.verdict !== 'not measured' ? evidence : undefined;
}

/** The figure that stands for a claim: the first of the mechanism itself. */
export const firstFigure = (run: Run | undefined): Check | undefined =>
  run?.checks.find(({ arm }) => arm === 'subject');

/** The same figure in another run; its first one may be about something else. */
export function sameFigure(run: Run | undefined, figure: Check | undefined): Check | undefined {
  return figure && run?.checks.find((check) => anchorOf(check) === anchorOf(figure));
}

/** The claims that a host was measured for: those given first, in their order, and the rest by name. */
export function claimsOn({ evidence, pinned }: Host, order: readonly string[]): string[] {
  const all = new Set([...evidence.keys(), ...pinned.keys()]);
  const known = order.filter((id) => all.has(id));
  return [...known, ...[...all].filter((id) => !known.includes(id)).sort()];
}
