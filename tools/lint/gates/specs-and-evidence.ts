import type { Finding } from '../read/finding.ts';
import type { Project } from '../read/project.ts';

const NAMED = /\b(?:claim|planned)\(\s*(['"`])(?<claim>[^'"`]*)\1/g;

/** Each spec measures the one claim that its file is named after. */
export function specsAreNamed({ specs }: Project): Finding[] {
  return specs.flatMap(({ path, text, claim }) => {
    const named = [...text.matchAll(NAMED)].map((match) => match.groups?.['claim'] ?? '');
    if (named.length === 1 && named[0] === claim) return [];
    const wrong = named.length === 0 ? 'measures no claim' : `measures ${named.map((id) => `"${id}"`).join(' and ')}`;
    return [{ file: path, line: 1, wrong, mend: `a spec calls claim('${claim}', …) or planned('${claim}', …) once` }];
  });
}

/** Every spec has an evidence file, which may say that nothing was measured yet. */
export function specsHaveEvidence({ specs, evidence }: Project): Finding[] {
  return specs
    .filter(({ claim }) => !evidence.some((file) => file.claim === claim && !file.kept))
    .map(({ path, claim }) => ({
      file: path,
      line: 1,
      wrong: `the claim "${claim}" has no evidence`,
      mend: `run \`npm run evidence -- ${claim}\` and commit evidence/${claim}.json`,
    }));
}

/** Only a spec that says so may be without a run; a machine that does not allow one is named. */
export function claimsAreMeasured({ specs, evidence }: Project): Finding[] {
  return evidence
    .filter(({ evidence }) => evidence?.verdict === 'not measured' && evidence.because === 'planned')
    .filter(({ claim }) => specs.some((spec) => spec.claim === claim && /\bclaim\(\s*['"`]/.test(spec.text)))
    .map(({ path, claim }) => ({
      file: path,
      line: 1,
      wrong: `the experiment of "${claim}" is written, and was never run`,
      mend: `run \`npm run evidence -- ${claim}\` and commit what it wrote`,
    }));
}

/** No evidence outlives its spec. */
export function evidenceHasSpec({ specs, evidence }: Project): Finding[] {
  return evidence
    .filter((file) => !specs.some(({ claim }) => claim === file.claim))
    .map(({ path, claim }) => ({
      file: path,
      line: 1,
      wrong: `nothing measures the claim "${claim}"`,
      mend: `write claims/${claim}.claim.ts, or delete this file`,
    }));
}
