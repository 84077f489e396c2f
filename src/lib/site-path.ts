/** A page or a file of this site as the site knows it, from its own root: `/claims/tick-cadence/`. */
export type SitePath = `/${string}`;

declare const linked: unique symbol;
/** What a link to a page holds: its path, with the folder that the site is published under in front. */
export type Href = string & { [linked]: true };

/**
 * Makes the one function that puts the folder in front of a path. It does so for every path, whatever the folder is
 * called, because a site under `/adr` has pages under `/adr/adr/`. A second application is a type error.
 * @param base the folder: `/` or `/world`, with or without a slash at its end
 */
export const hrefUnder =
  (base: string) =>
  (path: SitePath): Href =>
    (base.replace(/\/+$/, '') + path) as Href;

/** Whether a link in a document leads to a page of this site. `//host` leads to another one. */
export function isSitePath(url: string): url is SitePath {
  return /^\/(?!\/)/.test(url);
}
