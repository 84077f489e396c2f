import { globSync, readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';

/**
 * Links and anchors of a built site that lead nowhere within it, as `from → to`.
 * @param folder where the site was built
 * @param base the folder of its address under which it will be served
 */
export function brokenLinks(folder: string, base = '/'): string[] {
  const paths = globSync('**/*.*', { cwd: folder }).map((file) => base + file.replaceAll('\\', '/'));
  const files = new Set(paths);
  const pages = new Map(
    paths
      .filter((path) => path.endsWith('.html'))
      .map((path) => [
        path.replace(/index\.html$/, ''),
        parseHTML(readFileSync(`${folder}/${path.slice(base.length)}`, 'utf8')).document,
      ]),
  );
  const broken: string[] = [];
  for (const [from, document] of pages) {
    for (const link of document.querySelectorAll('a[href]')) {
      const target = new URL(link.getAttribute('href') ?? '', `http://site${from}`);
      if (target.host !== 'site') continue;
      const found = pages.get(target.pathname);
      const anchor = decodeURIComponent(target.hash.slice(1));
      if (!found && !files.has(target.pathname)) broken.push(`${from} → ${target.pathname}`);
      else if (found && anchor && !found.getElementById(anchor)) broken.push(`${from} → ${target.pathname}#${anchor}`);
    }
  }
  return broken;
}
