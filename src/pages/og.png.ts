import type { APIRoute } from 'astro';
import { readDecision } from '../lib/decision.ts';
import { previewCard } from '../lib/preview-card.ts';
import { previewImage } from '../lib/preview-image.ts';
import { ROOT } from '../lib/root.ts';
import { readStoppedMinds } from '../lib/stopped-minds.ts';

/** What other sites show next to a link to this one. */
export const GET: APIRoute = async () => {
  const image = await previewImage(ROOT, previewCard(readDecision(ROOT), readStoppedMinds(ROOT)));
  return new Response(image, { headers: { 'Content-Type': 'image/png' } });
};
