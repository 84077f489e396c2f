import { expect, test } from './site.fixture.ts';

const RECORD = '/adr/0001-spacetimedb-as-world-runtime/';
/** Readers look at the first answers only. */
const FIRST = 3;

/** Words that visitors type, and the page that answers them. */
const EXPECTED = {
  licence: [RECORD],
  license: [RECORD],
  BSL: [RECORD],
  LLM: ['/guides/connect-a-model/', '/guides/run-thinkers/'],
  latency: ['/capacity/'],
  cost: ['/capacity/'],
  price: ['/capacity/'],
  players: ['/guides/play/', '/capacity/'],
  crash: ['/claims/crash-loss/'],
  postgres: ['/reference/postgresql/'],
};

test('a search for a word that visitors type finds the page that answers it, among the first results', async ({
  page,
}) => {
  await page.goto('/');
  await page
    .getByRole('button', { name: /search/i })
    .first()
    .click();
  for (const [word, expected] of Object.entries(EXPECTED)) {
    await page.locator('.pagefind-ui__search-input').fill(word);
    await expect(page.locator('.pagefind-ui__message')).toContainText(` ${word}`, { timeout: 15_000 });
    const titles = page.locator('.pagefind-ui__result > * > .pagefind-ui__result-title a');
    const firsts = async () => {
      const found = await titles.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
      return found.slice(0, FIRST);
    };
    // The results come one after the other.
    await expect.poll(firsts, `a search for ${word}`).toEqual(expect.arrayContaining(expected));
  }
});
