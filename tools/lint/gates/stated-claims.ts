import { basename } from 'node:path';
import { findCitations } from '../../../claims/citation.ts';
import { findStatements, type Statement } from '../../../claims/statements.ts';
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
  const first = new Map<string, Statement>();
  return statementsOf(project).flatMap((statement) => {
    const { claim, record, line } = statement;
    const before = first.get(claim);
    if (!before) {
      first.set(claim, statement);
      return [];
    }
    return {
      file: fileOf(record),
      line,
      wrong: `the claim "${claim}" is stated a second time, first in ${fileOf(before.record)}:${before.line}`,
      mend: `leave one of them, and cite a figure in the other: ../evidence/${claim}.json#<figure>`,
    };
  });
}

/** A link into `evidence/` names a claim that there is. */
export function citedClaimsExist({ records, specs }: Project): Finding[] {
  return records.flatMap(({ path, text }) =>
    findCitations(text).flatMap(({ citation, url, line }): Finding[] => {
      if (!citation) {
        const mend = 'link to ../evidence/<claim>.json';
        return [{ file: path, line, wrong: `${url} is the evidence of no claim`, mend }];
      }
      if (specs.some(({ claim }) => claim === citation.claim)) return [];
      const mend = `mend the id, or write claims/${citation.claim}.spec.ts`;
      return [{ file: path, line, wrong: `there is no claim "${citation.claim}"`, mend }];
    }),
  );
}

function statementsOf({ records }: Project): Statement[] {
  return records.flatMap(({ path, text }) => findStatements(basename(path, '.md'), text));
}

const fileOf = (record: string) => `adr/${record}.md`;
