import { defineMdastPlugin } from 'satteri';
import { isSitePath, type Href, type SitePath } from './site-path.ts';

/**
 * A Sätteri plugin for every page: documents link to `/guides/play/`, wherever the site is published.
 * @param pathOf turns other links into paths of the site, such as those between records
 */
export function siteLinks(
  href: (path: SitePath) => Href,
  pathOf: (url: string) => SitePath | undefined = () => undefined,
) {
  const linked = (url: string) => {
    const path = isSitePath(url) ? url : pathOf(url);
    return path && href(path);
  };
  return defineMdastPlugin({
    name: 'site-links',
    link(node, context) {
      const url = linked(node.url);
      if (url) context.setProperty(node, 'url', url);
    },
    definition(node, context) {
      const url = linked(node.url);
      if (url) context.setProperty(node, 'url', url);
    },
  });
}
