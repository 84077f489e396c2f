import type { Finding } from '../read/finding.ts';
import { measuresIn } from '../../../records/units.ts';
import type { Project } from '../read/project.ts';

/**
 * A number with a unit of time, rate, size or ratio stands on a line with a link: to evidence, or to where it was
 * read. A line that calls itself a judgement needs none, since what we decide is nowhere else to be found.
 */
export function numbersHaveProof({ records }: Project): Finding[] {
  return records.flatMap(({ path, prose }) =>
    prose
      .filter(({ words, links }) => !links && !/\bjudgement\b/.test(words))
      .flatMap(({ words, line }) =>
        measuresIn(words).map((measure) => ({
          file: path,
          line,
          wrong: `"${measure}" has neither evidence nor source`,
          mend: 'cite a figure as [2.4 ms](../evidence/<claim>.json#<figure>), link to where you read it, or call it a judgement',
        })),
      ),
  );
}
