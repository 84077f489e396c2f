import { readFileSync } from 'node:fs';
import { root } from 'astro:config/server';
import type { APIRoute, GetStaticPaths } from 'astro';
import { fileURLToPath } from 'node:url';
import { siteRecords } from '../../lib/records.ts';

export const getStaticPaths = (() =>
  siteRecords(fileURLToPath(root)).map(({ slug }) => ({ params: { slug } }))) satisfies GetStaticPaths;

/** A record as it is committed, for readers that are programs. */
export const GET: APIRoute = ({ params }) => {
  const file = new URL(`adr/${params['slug']}.md`, root);
  return new Response(readFileSync(file), { headers: { 'Content-Type': 'text/markdown; charset=utf-8' } });
};
