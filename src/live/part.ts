/** A named part of the page, which `src/pages/live.astro` writes. @throws Error when the two do not agree */
export function part<E extends Element = HTMLElement>(name: string): E {
  const found = document.querySelector<E>(`[data-part="${name}"]`);
  if (!found) throw new Error(`the page has no part “${name}”`);
  return found;
}

/** Writes only what differs, so that a selection or a screen reader is not disturbed ten times a second. */
export function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** An element that holds text; text is never markup here. */
export function text<K extends keyof HTMLElementTagNameMap>(tag: K, words: string): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.textContent = words;
  return element;
}
