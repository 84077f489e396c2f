import { hrefUnder } from './site-path.ts';

/** A link to a page of this site, for pages and components. */
export const href = hrefUnder(import.meta.env.BASE_URL);
