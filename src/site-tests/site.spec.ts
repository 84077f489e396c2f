import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { listEvidence, readEvidence } from '../../claims/evidence-file.ts';
import { STATES, stateOf } from '../../claims/state.ts';
import { readRecords } from '../../records/record.ts';
import { brokenLinks } from './links.fixture.ts';
import { expect, test } from './site.fixture.ts';

const RECORD = '/adr/0001-spacetimedb-as-world-runtime/';
const claims = listEvidence('.').map((id) => {
  const evidence = readEvidence('.', id);
  return { id, evidence, state: stateOf('.', evidence) };
});

const records = readRecords('.');

for (const { slug, statements } of records.filter(({ statements }) => statements.length > 0)) {
  test(`each claim of ${slug} shows a chip with the state and the figure of its evidence`, async ({ page }) => {
    await page.goto(`/adr/${slug}/`);
    for (const { id, evidence, state } of claims.filter(({ id }) => statements.some(({ claim }) => claim === id))) {
      const chip = page.locator(`.sl-markdown-content a.chip[href="/claims/${id}/"]`);
      await expect(chip).toHaveCount(1);
      await expect(chip).toHaveAttribute('data-state', state);
      await expect(chip).toContainText(state);
      if (evidence.verdict !== 'not measured') await expect(chip).toContainText(evidence.headline);
    }
  });
}

const statements = records.flatMap(({ statements }) => statements);

for (const { id, evidence } of claims) {
  test(`the page of ${id} shows its statement and every figure of its evidence`, () => {
    const { document } = parseHTML(readFileSync(`dist/claims/${id}/index.html`, 'utf8'));
    const main = wordsOf(document.querySelector('main'));
    expect(main).toContain(statements.find(({ claim }) => claim === id)?.text ?? `no statement of ${id}`);
    expect(main).toContain(`npm run evidence -- ${id}`);
    if (evidence.verdict === 'not measured') return expect(main).toContain(evidence.reason);
    const rows = [...document.querySelectorAll('main th')].map(wordsOf);
    for (const { label } of evidence.checks)
      expect(
        rows.some((row) => row.includes(label.replaceAll('`', ''))),
        label,
      ).toBe(true);
    if (evidence.distributions.length > 0 || evidence.tallies.length > 0)
      expect(document.querySelector('main figure svg')).not.toBeNull();
    if (evidence.conditions) expect(document.querySelector('#conditions')).not.toBeNull();
    expect(main).toContain(evidence.provenance.commit.slice(0, 7));
  });
}

test('the raw evidence is served as it was written', async ({ request }) => {
  for (const { id } of claims) {
    const response = await request.get(`/evidence/${id}.json`);
    expect(await response.text()).toBe(readFileSync(`evidence/${id}.json`, 'utf8'));
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`chips of every state stand out from the page in the ${colorScheme} theme`, async ({ browser, site }) => {
    const page = await browser.newPage({ colorScheme, baseURL: site });
    await page.goto(RECORD);
    const seen = await page.evaluate((states) => {
      const chip = document.querySelector<HTMLElement>('main a.chip');
      return states.map((state) => {
        if (chip) chip.dataset['state'] = state;
        return { state, color: chip ? getComputedStyle(chip).color : '' };
      });
    }, STATES);
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    for (const { state, color } of seen) expect(contrast(color, background), state).toBeGreaterThanOrEqual(4.5);
    await page.close();
  });
}

test('no link within the site leads nowhere, and no anchor is missing', () => {
  expect(brokenLinks('dist')).toEqual([]);
});

/** WCAG's contrast ratio of two `rgb(…)` colours. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function wordsOf(element: Element | null): string {
  return element?.textContent.replaceAll(/\s+/g, ' ').trim() ?? '';
}
