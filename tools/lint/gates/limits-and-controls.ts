import type { Check } from '../../../claims/check.ts';
import type { Run } from '../../../claims/evidence.ts';
import type { Finding } from '../read/finding.ts';
import type { EvidenceFile, Project } from '../read/project.ts';

/** Evidence is what the harness writes, and of the claim that its file is named after. */
export function evidenceFitsSchema({ evidence }: Project): Finding[] {
  return evidence.flatMap(({ path, claim, evidence: found, fault }): Finding[] => {
    const mend = `never edit it: run \`npm run evidence -- ${claim}\``;
    if (!found)
      return [{ file: path, line: 1, wrong: `cannot be read: ${(fault ?? '').replace(/\s*\n\s*/g, ' ')}`, mend }];
    return found.claim === claim ? [] : [{ file: path, line: 1, wrong: `holds the claim "${found.claim}"`, mend }];
  });
}

/** A limit that is exceeded is not called kept, neither by its check nor by the verdict; and no claim of a record fails. */
export function limitsAreKept({ evidence }: Project): Finding[] {
  return runsOf(evidence).flatMap(({ file, run }) => {
    const checks = run.checks.flatMap((check, index) => {
      const line = lineOfCheck(file.text, index);
      const said = `${check.label} is ${check.value} ${check.unit} and should be ${check.comparison} ${check.limit} ${check.unit}`;
      const mend = `run \`npm run evidence -- ${run.claim}\``;
      if (keeps(check) !== check.ok) {
        return [
          { file: file.path, line, wrong: `${said}, yet ok is ${check.ok}`, mend: `never edit evidence: ${mend}` },
        ];
      }
      return check.ok || run.verdict !== 'holds'
        ? []
        : [{ file: file.path, line, wrong: `${said}, yet the verdict is "holds"`, mend }];
    });
    if (run.verdict !== 'fails' || file.kept) return checks;
    const mend = 'repair what it measures, or weaken the sentence of the record';
    return [...checks, { file: file.path, line: lineOf(file.text, '"verdict"'), wrong: `fails: ${run.reason}`, mend }];
  });
}

/** A measured claim has a control, and in it the mechanism broke. */
export function controlsBreak({ evidence }: Project): Finding[] {
  return runsOf(evidence).flatMap(({ file, run }) => {
    const mend = 'the experiment could not have failed: mend its control in the spec, and measure again';
    const controls = run.checks.filter(({ arm }) => arm === 'control');
    if (run.kind !== 'finding' && controls.length === 0) {
      return [{ file: file.path, line: lineOf(file.text, '"checks"'), wrong: 'no check of a control', mend }];
    }
    return run.checks.flatMap((check, index) => {
      if (check.arm !== 'control' || keeps(check)) return [];
      const wrong = `the control still passed: ${check.label} is ${check.value} ${check.unit}`;
      return [{ file: file.path, line: lineOfCheck(file.text, index), wrong, mend }];
    });
  });
}

/** Evidence is of the sources as they are now: a warning, and an error in a release. */
export const evidenceIsFresh =
  (release: boolean) =>
  ({ evidence }: Project): Finding[] =>
    evidence
      .filter(({ stale }) => stale)
      .map(({ path, text, claim }) => ({
        file: path,
        line: lineOf(text, '"sources"'),
        wrong: 'stale: what it was measured on has changed',
        mend: `run \`npm run evidence -- ${claim}\``,
        ...(!release && { warning: true as const }),
      }));

function keeps({ comparison, value, limit }: Check): boolean {
  if (comparison === 'at most') return value <= limit;
  return comparison === 'at least' ? value >= limit : value === limit;
}

function runsOf(evidence: EvidenceFile[]): { file: EvidenceFile; run: Run }[] {
  return evidence.flatMap((file) =>
    file.evidence && file.evidence.verdict !== 'not measured' ? [{ file, run: file.evidence }] : [],
  );
}

/** Only checks have a comparison, so the nth of them is the nth check's. */
function lineOfCheck(text: string, index: number): number {
  return lineOf(text, '"comparison"', index);
}

/** The line of the nth place where `words` stand, or the first line where they do not. */
function lineOf(text: string, words: string, nth = 0): number {
  const lines = text.split('\n').flatMap((line, index) => (line.includes(words) ? [index + 1] : []));
  return lines[nth] ?? 1;
}
