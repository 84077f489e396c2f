import { parseHTML } from 'linkedom';
import { expect, test } from './site.fixture.ts';

test('every page names a picture for previews of its link, and the site serves it', async ({ request }) => {
  for (const page of ['/', '/claims/tick-cadence/', '/guides/play/']) {
    const { document } = parseHTML(await (await request.get(page)).text());
    const read = (property: string) => document.querySelector(`meta[property="${property}"]`)?.getAttribute('content');
    expect(read('og:image:alt')).toContain('verdict');
    const image = await request.get(read('og:image') ?? '');
    expect(image.headers()['content-type']).toBe('image/png');
    const bytes = await image.body();
    // The size of a PNG stands in its first chunk.
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1_200, 630]);
    expect([read('og:image:width'), read('og:image:height')]).toEqual(['1200', '630']);
  }
});
