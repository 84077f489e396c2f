import { claimPath } from './claim.ts';
import type { Chip } from './chip.ts';
import type { Href, SitePath } from './site-path.ts';

/**
 * The markup of a chip, for records (Markdown) and pages (Astro) alike.
 * The hidden words make the link read as a sentence; the shape is left out of it, since the word says the same.
 * @param href makes the link to the claim's page
 * @param scope tells two chips of one claim on a page apart
 */
export function chipHtml(chip: Chip, href: (path: SitePath) => Href, scope = ''): string {
  const details = `chip-${scope}${chip.claim}`;
  const figure = chip.figure && `<span class="heard">: </span> <span class="chip-figure">${escape(chip.figure)}</span>`;
  return (
    `<span class="claim"><a class="chip" data-state="${chip.state}" href="${href(claimPath(chip.claim))}" ` +
    `aria-describedby="${details}"><span class="heard">${escape(chip.before)}</span>` +
    `<span class="chip-shape" aria-hidden="true">${chip.shape}</span> <span class="chip-word">${chip.word}</span>` +
    `${figure}</a><span class="chip-details" role="tooltip" id="${details}">${escape(chip.details)}</span></span>`
  );
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
