import { citationOf, isEvidence } from '../../../records/citation.ts';
import type { Finding } from '../read/finding.ts';
import type { Project } from '../read/project.ts';

/** Every claim is the statement of some record. */
export function claimsAreStated(project: Project): Finding[] {
  const stated = statementsOf(project).map(({ claim }) => claim);
  return project.specs
    .filter(({ claim }) => !stated.includes(claim))
    .map(({ path, claim }) => ({
      file: path,
      line: 1,
      wrong: `no record states the claim "${claim}"`,
      mend: `end one sentence of a record in [${claim}](../evidence/${claim}.json), or delete spec and evidence`,
    }));
}

/** Only one sentence is the statement of a claim. */
export function claimsAreStatedOnce(project: Project): Finding[] {
  const first = new Map<string, PlacedStatement>();
  return statementsOf(project).flatMap((statement) => {
    const { claim, file, line } = statement;
    const before = first.get(claim);
    if (!before) {
      first.set(claim, statement);
      return [];
    }
    return {
      file,
      line,
      wrong: `the claim "${claim}" is stated a second time, first in ${before.file}:${before.line}`,
      mend: `keep one of them, and cite a figure in the other: ../evidence/${claim}.json#<figure>`,
    };
  });
}

/** A link into `evidence/` names a claim that exists. */
export function citedClaimsExist({ records, specs }: Project): Finding[] {
  return records.flatMap(({ path, links }) =>
    links
      .filter(({ url }) => isEvidence(url))
      .flatMap(({ url, line }): Finding[] => {
        const claim = citationOf(url)?.claim;
        if (!claim) {
          const mend = 'link to ../evidence/<claim>.json';
          return [{ file: path, line, wrong: `${url} is not the evidence of a claim`, mend }];
        }
        if (specs.some((spec) => spec.claim === claim)) return [];
        const mend = `correct the id, or write claims/${claim}.claim.ts`;
        return [{ file: path, line, wrong: `there is no claim "${claim}"`, mend }];
      }),
  );
}

interface PlacedStatement {
  claim: string;
  file: string;
  line: number;
}

function statementsOf({ records }: Project): PlacedStatement[] {
  return records.flatMap(({ path, statements }) => statements.map(({ claim, line }) => ({ claim, line, file: path })));
}
