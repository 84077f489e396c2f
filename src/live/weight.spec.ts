import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { addressOf, expect, state, test } from './live.fixture.ts';

/** Of script, gzipped. */
const LIMIT_KB = 200;

test('once it is connected, the page has loaded little script', async ({ page, world }) => {
  let scripts = 0;
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    scripts += gzipSync(readFileSync(`dist${new URL(response.url()).pathname}`)).length / 1_000;
  });
  await page.goto(addressOf(world.host.url, world.database));
  await expect(state(page)).toContainText('Live:');
  console.log(`/live/ loads ${scripts.toFixed(0)} kB of script, gzipped`);
  // The SDK alone has more than this, so it was counted.
  expect(scripts).toBeGreaterThan(30);
  expect(scripts).toBeLessThanOrEqual(LIMIT_KB);
});
