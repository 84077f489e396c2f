import { readFileSync } from 'node:fs';
import { root } from 'astro:config/server';
import type { APIRoute, GetStaticPaths } from 'astro';
import { fileURLToPath } from 'node:url';
import { ownFiles } from '../../../../spike/own-files.ts';

const FOLDER = 'evidence/hosts/';

export const getStaticPaths = (() =>
  ownFiles(fileURLToPath(root), `${FOLDER}**/*.json`).map((path) => {
    const file = path.slice(FOLDER.length, -'.json'.length);
    return { params: { file } };
  })) satisfies GetStaticPaths;

/** The evidence of another host as it is committed, byte for byte. */
export const GET: APIRoute = ({ params }) => {
  const file = new URL(`${FOLDER}${params['file']}.json`, root);
  return new Response(readFileSync(file), { headers: { 'Content-Type': 'application/json' } });
};
