import type { APIRoute } from 'astro';
import { href } from '../lib/href.ts';

/** Everything may be read. The map of the site exists only if the build knows the site's address. */
export const GET: APIRoute = ({ site }) => {
  const map = site ? [`Sitemap: ${new URL(href('/sitemap-index.xml'), site).href}`] : [];
  return new Response(['User-agent: *', 'Allow: /', ...map, ''].join('\n'));
};
