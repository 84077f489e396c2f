import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MdastPluginDefinition, MdastPluginEntry } from 'satteri';
import { citationOf, type Citation } from '../../records/citation.ts';
import { drawingFigure, isDrawing } from './box-drawing.ts';
import { chipHtml } from './chip-html.ts';
import { chipOf } from './chip.ts';
import { claimPath, readClaims, recordPath, type Claim } from './claim.ts';
import { siteRecords } from './records.ts';
import { siteLinks } from './site-links.ts';
import type { Href, SitePath } from './site-path.ts';

/**
 * Sätteri plugins for pages. In a record, a bare link to evidence becomes a chip. A link to one of its figures
 * leads to that row of the claim's page, and a link to another record to its page. A diagram of box-drawing characters
 * becomes a picture. The first heading is left out, because the page's title is the same. On other pages only links within the site change.
 * @param root the project's folder, with a separator at its end
 * @param href makes a link to a page
 */
export function siteMarkdown(root: string, href: (path: SitePath) => Href): MdastPluginEntry[] {
  const recordAt = (fileURL: URL | undefined) => {
    const file = fileURL && fileURLToPath(fileURL);
    return file?.startsWith(`${root}adr${sep}`) ? file.slice(root.length).replaceAll('\\', '/') : undefined;
  };
  return [
    // An MDX page cannot hold raw HTML.
    ({ fileURL }) => (fileURL?.pathname.endsWith('.md') ? DRAWINGS : undefined),
    ({ fileURL }) => {
      const path = recordAt(fileURL);
      return path && chips(root, path, href);
    },
    ({ fileURL }) => (recordAt(fileURL) ? siteLinks(href, (url) => pathOf(url, root)) : siteLinks(href)),
  ];
}

const DRAWINGS: MdastPluginDefinition = {
  name: 'drawings',
  code(node, context) {
    if (isDrawing(node.value)) context.replaceNode(node, { type: 'html', value: drawingFigure(node.value) });
  },
};

function chips(root: string, path: string, href: (path: SitePath) => Href): MdastPluginDefinition {
  const claims = readClaims(root);
  const byReference =
    siteRecords(root).find((record) => record.path === path)?.definitions ?? new Map<string, string>();
  const chipFor = (url: string): string | undefined => {
    const citation = citationOf(url);
    return citation && !citation.figure ? chipHtml(chipOf(claimOf(citation, claims)), href) : undefined;
  };
  return {
    name: 'record',
    heading(node, context) {
      if (node.depth === 1) context.removeNode(node);
    },
    link(node, context) {
      const chip = chipFor(node.url);
      if (chip) context.replaceNode(node, { type: 'html', value: chip });
    },
    linkReference(node, context) {
      const chip = chipFor(byReference.get(node.identifier) ?? '');
      if (chip) context.replaceNode(node, { type: 'html', value: chip });
    },
  };
}

/**
 * The page that a link in a record leads to: another record, a figure of a claim, or the page that a file becomes. Records
 * link to files, because GitHub and editors follow those.
 */
function pathOf(url: string, root: string): SitePath | undefined {
  const [file = '', anchor] = url.split('#');
  const record = siteRecords(root).find(({ slug }) => file === `${slug}.md`);
  if (record) return anchor ? `${recordPath(record.slug)}#${anchor}` : recordPath(record.slug);
  const page = pageOf(file);
  if (page) return anchor ? `${page}#${anchor}` : page;
  const citation = citationOf(url);
  return citation?.figure ? `${claimPath(claimOf(citation, readClaims(root)).id)}#${citation.figure}` : undefined;
}

const PAGE_FILE =
  /^\.\.\/(?:src\/content\/docs\/(?<document>.+)\.mdx?|src\/pages\/(?<page>[\w-]+)\.astro|claims\/(?<claim>[\w-]+)\.claim\.ts)$/;

/** The page that a file of the project becomes, as `../src/content/docs/glossary.md` or `../claims/pinned.claim.ts`. */
export function pageOf(file: string): SitePath | undefined {
  const { document, page, claim } = PAGE_FILE.exec(file)?.groups ?? {};
  if (claim) return claimPath(claim);
  const path = document ?? page;
  return path === undefined ? undefined : `/${path}/`;
}

function claimOf({ claim: id }: Citation, claims: Claim[]): Claim {
  const claim = claims.find((claim) => claim.id === id);
  if (!claim) throw new Error(`cites the claim "${id}", which has no evidence file: measure it, or correct the link`);
  return claim;
}
