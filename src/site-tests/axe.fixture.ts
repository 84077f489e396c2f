import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Starlight's own search button shows its keys next to its name; a screen reader reads them separately. */
const STARLIGHT = '[data-open-modal]';

/** What axe finds on a page as it is now, by every rule of WCAG. */
export const axeFaults = (page: Page): Promise<string[]> => faults(page, (axe) => axe.withTags(WCAG));

/** What axe finds in the colours alone: of all the rules only this one can come out otherwise in the other theme. */
export const contrastFaults = (page: Page): Promise<string[]> => faults(page, (axe) => axe.withRules('color-contrast'));

async function faults(page: Page, narrow: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  // What passes is not described, and no page has frames: each would take longer than the rest.
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .exclude(STARLIGHT);
  const { violations } = await narrow(axe).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
