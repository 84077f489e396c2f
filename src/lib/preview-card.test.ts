import { expect, test } from 'playwright/test';
import sharp from 'sharp';
import { quantity } from './format.ts';
import { readDecision } from './decision.ts';
import { previewCard, SIZE, type Element } from './preview-card.ts';
import { previewImage } from './preview-image.ts';
import { readStoppedMinds } from './stopped-minds.ts';

const ROOT = `${process.cwd()}/`;
const decision = readDecision(ROOT);
const card = previewCard(decision, readStoppedMinds(ROOT));

test('the preview shows the verdict and every key figure with its limit', () => {
  const words = wordsIn(card);
  expect(words).toContain(`${decision.verdict}.`);
  for (const { says, check } of decision.figures) {
    expect(words).toContain(says);
    expect(words).toContain(quantity(check.value, check.unit));
    expect(words).toContain(`of ${quantity(check.limit, check.unit)} allowed`);
  }
});

test('the preview is a PNG of the size that other sites ask for, made without a network', async () => {
  const { fetch } = globalThis;
  globalThis.fetch = () => Promise.reject(new Error('there is no network'));
  const image = await previewImage(ROOT, card).finally(() => (globalThis.fetch = fetch));
  const { format, width, height } = await sharp(image).metadata();
  expect({ format, width, height }).toEqual({ format: 'png', ...SIZE });
  expect(image.length / 1_000).toBeLessThan(150);
});

test('nothing of the preview reaches its edge', async () => {
  const image = sharp(await previewImage(ROOT, card));
  const { info } = await image.trim({ background: 'white', threshold: 20 }).toBuffer({ resolveWithObject: true });
  expect(info.width).toBeLessThan(SIZE.width - 60);
  expect(info.height).toBeLessThan(SIZE.height - 60);
});

function wordsIn({ props: { children = [] } }: Element): string[] {
  return [children].flat().flatMap((child) => (typeof child === 'string' ? [child] : wordsIn(child)));
}
