import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DecisionRecord } from '../../../records/record.ts';
import type { Finding } from '../read/finding.ts';

const ELSEWHERE = /^(?:[a-z]+:|#)/i;

/**
 * A record links to files, as `../src/content/docs/glossary.md`: GitHub, an editor and the site all follow those. A link
 * to a page of the site leads nowhere on GitHub.
 * @param root the project's folder
 */
export const linksLeadToFiles =
  (root: string) =>
  (records: DecisionRecord[]): Finding[] =>
    records.flatMap(({ path, links }) =>
      links.flatMap(({ url, line }): Finding[] => {
        if (ELSEWHERE.test(url)) return [];
        const [file = ''] = url.split('#');
        if (url.startsWith('/'))
          return [
            { file: path, line, wrong: `${url} is a page of the site`, mend: `link to its file: ${fileFor(file)}` },
          ];
        if (existsSync(join(root, path, '..', decodeURIComponent(file)))) return [];
        return [{ file: path, line, wrong: `${url} does not exist`, mend: 'link to a file, relative to this one' }];
      }),
    );

function fileFor(page: string): string {
  const claim = /^\/claims\/([^/]+)\/?$/.exec(page)?.[1];
  return claim ? `../claims/${claim}.claim.ts` : `../src/content/docs${page.replace(/\/$/, '')}.md`;
}
