import type { Evidence, Run } from '../../claims/evidence.ts';
import { number } from '../../claims/number.ts';
import { table } from './table.ts';

/** A claim as it is committed here, and as somebody measured it on another machine. */
export interface Pair {
  claim: string;
  ours: Evidence | undefined;
  yours: Evidence | undefined;
}

const NOTHING = '–';

/** The first figure of each claim on both machines, with the machines below. */
export function nextToOurs(pairs: Pair[]): string {
  const rows = pairs.map(({ claim, ours, yours }) => {
    const [first] = runOf(yours)?.checks ?? runOf(ours)?.checks ?? [];
    const limit = first ? `${first.comparison} ${number(first.limit)} ${first.unit}`.trim() : '';
    return [claim, first?.label ?? '', limit, resultOf(ours, first?.name), resultOf(yours, first?.name)];
  });
  return [
    'Your run next to ours:',
    '',
    table(['Claim', 'Figure', 'Limit', 'Ours', 'Yours'], rows),
    '',
    `Ours:  ${machinesOf(pairs.map(({ ours }) => ours))}`,
    `Yours: ${machinesOf(pairs.map(({ yours }) => yours))}`,
  ].join('\n');
}

function resultOf(evidence: Evidence | undefined, figure: string | undefined): string {
  if (!evidence) return NOTHING;
  const check = runOf(evidence)?.checks.find(({ arm, name }) => arm === 'subject' && name === figure);
  return check ? `${number(check.value)} ${check.unit} (${evidence.verdict})` : evidence.verdict;
}

function machinesOf(all: (Evidence | undefined)[]): string {
  const machines = all.flatMap((evidence) => {
    const run = runOf(evidence);
    return run ? [`${run.provenance.cpu}, ${run.provenance.cores} cores, host ${run.provenance.host}`] : [];
  });
  return [...new Set(machines)].join('; ') || 'nothing was measured';
}

function runOf(evidence: Evidence | undefined): Run | undefined {
  return evidence && evidence.verdict !== 'not measured' ? evidence : undefined;
}
