import { defineMiddleware } from 'astro:middleware';

/** A link to a page of the site, in HTML or in the Markdown of llms.txt. */
const LINK = /(?<=\bhref="|\]\()\/(?!\/)/g;

/**
 * Records and pages link to `/…`, which is right wherever the site is at the root of its address. Published under a
 * folder, as a project's pages are, its links get that folder in front; Astro does this for its own links only.
 */
export const onRequest = defineMiddleware(async (_, next) => {
  const response = await next();
  const base = `${import.meta.env.BASE_URL.replace(/\/$/, '')}/`;
  if (base === '/' || !/^text\/(?:html|plain)/.test(response.headers.get('content-type') ?? '')) return response;
  const text = await response.text();
  const rebased = text.replace(LINK, (slash, at: number) => (text.startsWith(base, at) ? slash : base));
  return new Response(rebased, response);
});
