import { plainText } from '../../spike/client/plain-text.ts';

/** A named part of the page, which `src/pages/live.astro` writes. @throws Error when the two do not agree */
export function part<E extends Element = HTMLElement>(name: string): E {
  const found = document.querySelector<E>(`[data-part="${name}"]`);
  if (!found) throw new Error(`the page has no part “${name}”`);
  return found;
}

/** Writes only what differs, so that a selection or a screen reader is not disturbed ten times a second. */
export function write(element: Element, text: string): void {
  const plain = plainText(text);
  if (element.textContent !== plain) element.textContent = plain;
}

/** An element that holds text. Text is never markup here, and its control and direction characters are shown. */
export function text<K extends keyof HTMLElementTagNameMap>(tag: K, words: string): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.textContent = plainText(words);
  return element;
}
