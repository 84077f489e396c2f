import { citableIn } from '../../../claims/citable.ts';
import type { PlacedFigure } from '../../../records/site-figures.ts';
import type { Finding } from '../read/finding.ts';
import type { EvidenceFile } from '../read/project.ts';

/** A figure that the build writes into a page exists, unless its claim has not been measured or written yet. */
export function writtenFiguresExist({
  figures,
  evidence,
}: {
  figures: PlacedFigure[];
  evidence: EvidenceFile[];
}): Finding[] {
  return figures.flatMap(({ path, line, cites }): Finding[] => {
    if (cites === undefined) return [];
    const [claim = '', figure = ''] = cites.split('#');
    const run = evidence.find((file) => file.claim === claim && !file.kept)?.evidence;
    if (!run || run.verdict === 'not measured') return [];
    const anchors = citableIn(run).map(({ anchor }) => anchor);
    if (anchors.includes(figure)) return [];
    return [
      {
        file: path,
        line,
        wrong: `"${claim}" has no figure "${figure}"`,
        mend: `the figures are: ${anchors.join(', ')}`,
      },
    ];
  });
}
