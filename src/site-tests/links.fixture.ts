import { globSync, readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';

/**
 * Links, anchors, scripts, styles and images of a built site that lead nowhere within it, as `from → to`.
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
    for (const link of document.querySelectorAll('a[href], link[href], script[src], img[src]')) {
      const url = link.getAttribute('href') ?? link.getAttribute('src') ?? '';
      // A page's own address, as others should know it, has the origin of the real site.
      if (link.getAttribute('rel') === 'canonical') continue;
      const target = new URL(url, `http://site${from}`);
      if (target.host !== 'site') continue;
      const found = pages.get(target.pathname);
      const anchor = decodeURIComponent(target.hash.slice(1));
      if (!found && !files.has(target.pathname)) broken.push(`${from} → ${target.pathname}`);
      else if (found && anchor && !found.getElementById(anchor)) broken.push(`${from} → ${target.pathname}#${anchor}`);
    }
  }
  return broken;
}
