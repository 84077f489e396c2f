import { root } from 'astro:config/server';
import { fileURLToPath } from 'node:url';

/** The project's folder, for pages and components. */
export const ROOT = fileURLToPath(root);
