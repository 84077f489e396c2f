import { readFileSync } from 'node:fs';
import { root } from 'astro:config/server';
import type { APIRoute, GetStaticPaths } from 'astro';
import { fileURLToPath } from 'node:url';
import { listEvidence, LONG } from '../../../../claims/evidence-file.ts';

export const getStaticPaths = (() =>
  listEvidence(fileURLToPath(root), LONG).map((id) => ({ params: { id } }))) satisfies GetStaticPaths;

/** The file as it is committed, byte for byte. */
export const GET: APIRoute = ({ params }) => {
  const file = new URL(`${LONG}/${params['id']}.json`, root);
  return new Response(readFileSync(file), { headers: { 'Content-Type': 'application/json' } });
};
