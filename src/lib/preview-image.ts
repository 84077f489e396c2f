import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import satori, { type Font } from 'satori';
import sharp from 'sharp';
import { SIZE, type Element } from './preview-card.ts';

/**
 * Draws a card as PNG. Its letters come from a package, so it needs neither a network nor a font of the machine.
 * @param root the project's folder, with a separator at its end
 */
export async function previewImage(root: string, card: Element): Promise<Buffer<ArrayBuffer>> {
  const fonts = ([400, 700] as const).map((weight): Font => ({ name: 'Inter', weight, data: fontOf(root, weight) }));
  const svg = await satori(card, { ...SIZE, fonts });
  return await sharp(Buffer.from(svg)).png({ palette: true }).toBuffer();
}

function fontOf(root: string, weight: number): Buffer {
  // From the project's folder: the bundle that calls this may lie anywhere.
  const { resolve } = createRequire(join(root, 'package.json'));
  return readFileSync(resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.woff`));
}
