import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MdastPluginDefinition, MdastPluginEntry } from 'satteri';
import { citationOf } from '../../claims/citation.ts';
import { chipHtml } from '../lib/chip-html.ts';
import { chipOf } from '../lib/chip.ts';
import { claimPath, readClaims, recordPath } from '../lib/claim.ts';
import { readRecords } from './record.ts';

/**
 * A Sätteri plugin for the pages under `adr/`: a bare link to evidence becomes a chip, a link to one of its figures
 * leads to that row of the claim's page, a link to another record leads to its page, and the first heading is left out, since the page's title is the same.
 * @param root the project's folder, with a separator at its end
 */
export function recordMarkdown(root: string): MdastPluginEntry {
  return ({ fileURL }) => fileURL && fileURLToPath(fileURL).startsWith(`${root}adr${sep}`) && plugin(root);
}

function plugin(root: string): MdastPluginDefinition {
  const records = new Set(readRecords(root).map(({ slug }) => `${slug}.md`));
  const claims = new Map(readClaims(root).map((claim) => [claim.id, claim]));
  return {
    name: 'record',
    heading(node, context) {
      if (node.depth === 1) context.removeNode(node);
    },
    link(node, context) {
      const [file = '', anchor] = node.url.split('#');
      if (records.has(file)) {
        const path = recordPath(file.replace(/\.md$/, ''));
        return context.setProperty(node, 'url', anchor ? `${path}#${anchor}` : path);
      }
      const citation = citationOf(node.url);
      if (!citation) return;
      const claim = claims.get(citation.claim);
      if (!claim) throw new Error(`cites the claim "${citation.claim}", which has no evidence file`);
      if (citation.figure) context.setProperty(node, 'url', `${claimPath(claim.id)}#${citation.figure}`);
      else context.replaceNode(node, { type: 'html', value: chipHtml(chipOf(claim)) });
    },
  };
}
