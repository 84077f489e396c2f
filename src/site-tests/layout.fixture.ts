import type { Page } from 'playwright/test';

/** Words in cells that go on in the next line in their middle, and tables that hide a part of themselves. */
export async function tableFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const table of document.querySelectorAll('main table')) {
      const room = table.parentElement!.clientWidth;
      // A reader can scroll such a region, also by keyboard, so nothing in it is hidden.
      const scrolls = table.closest('.scroll[tabindex="0"]') !== null;
      if (!scrolls && table.scrollWidth > room + 1) found.push(`a table is ${table.scrollWidth} of ${room} px wide`);
      const texts = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        // A hash has no place to break at; hidden words are not laid out.
        if (node.parentElement!.closest('.hash, .heard, .chip-details')) continue;
        for (const { 0: word, index } of node.textContent!.matchAll(/[\p{L}\p{N}_]+/gu)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(word);
        }
      }
    }
    return found;
  });
}

/** Words of plots that leave the plot, and so are cut off or lie on something else. */
export async function plotFaults(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main figure svg text')].flatMap((text) => {
      const [own, plot] = [text.getBoundingClientRect(), text.closest('figure')!.getBoundingClientRect()];
      // A drawing that is wider than the screen lies in a region that scrolls.
      if (own.width === 0 || text.closest('.scroll')) return [];
      return own.left < plot.left - 2 || own.right > plot.right + 2 ? [text.textContent] : [];
    }),
  );
}

/** Diagrams that a reader gets as characters instead of as a picture with its text behind it. */
export async function drawingFaults(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main pre')]
      .filter((pre) => !pre.closest('.drawing') && /[─│].*[►◄▲▼┌┐└┘├┤┬┴┼]/.test(pre.textContent))
      .map((pre) => pre.textContent.slice(0, 40)),
  );
}

/** By how many pixels the page is wider than its window. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
}
