import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MdastPluginDefinition, MdastPluginEntry } from 'satteri';
import { citationOf, type Citation } from '../../records/citation.ts';
import { chipHtml } from './chip-html.ts';
import { chipOf } from './chip.ts';
import { claimPath, readClaims, recordPath, type Claim } from './claim.ts';
import { siteRecords } from './records.ts';

/**
 * A Sätteri plugin for the pages under `adr/`. A bare link to evidence becomes a chip. A link to one of its figures
 * leads to that row of the claim's page, and a link to another record to its page. The first heading is left out,
 * because the page's title is the same.
 * @param root the project's folder, with a separator at its end
 */
export function recordMarkdown(root: string): MdastPluginEntry {
  return ({ fileURL }) => {
    const file = fileURL && fileURLToPath(fileURL);
    return file?.startsWith(`${root}adr${sep}`) && plugin(root, file.slice(root.length).replaceAll('\\', '/'));
  };
}

function plugin(root: string, path: string): MdastPluginDefinition {
  const records = siteRecords(root);
  const claims = readClaims(root);
  const byReference = records.find((record) => record.path === path)?.definitions ?? new Map<string, string>();
  const pageOf = (url: string): string | undefined => {
    const [file = '', anchor] = url.split('#');
    const record = records.find(({ slug }) => file === `${slug}.md`);
    if (record) return anchor ? `${recordPath(record.slug)}#${anchor}` : recordPath(record.slug);
    const citation = citationOf(url);
    return citation?.figure && `${claimPath(claimOf(citation, claims).id)}#${citation.figure}`;
  };
  const chipFor = (url: string): string | undefined => {
    const citation = citationOf(url);
    return citation && !citation.figure ? chipHtml(chipOf(claimOf(citation, claims))) : undefined;
  };
  return {
    name: 'record',
    heading(node, context) {
      if (node.depth === 1) context.removeNode(node);
    },
    link(node, context) {
      const [page, chip] = [pageOf(node.url), chipFor(node.url)];
      if (page) context.setProperty(node, 'url', page);
      if (chip) context.replaceNode(node, { type: 'html', value: chip });
    },
    linkReference(node, context) {
      const chip = chipFor(byReference.get(node.identifier) ?? '');
      if (chip) context.replaceNode(node, { type: 'html', value: chip });
    },
    definition(node, context) {
      const page = pageOf(node.url);
      if (page) context.setProperty(node, 'url', page);
    },
  };
}

function claimOf({ claim: id }: Citation, claims: Claim[]): Claim {
  const claim = claims.find((claim) => claim.id === id);
  if (!claim) throw new Error(`cites the claim "${id}", which has no evidence file: measure it, or correct the link`);
  return claim;
}
