import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'playwright/test';
import { freePort } from '../../spike/host/port.ts';
import { serveBuilt } from '../../spike/start/site.ts';

/** The built site, as a reader gets it. `npm test` builds it first; alone, run `npm run build` before. */
export const test = base.extend<object, { site: string }>({
  site: [
    async ({}, use) => {
      if (!existsSync('dist/index.html')) throw new Error('There is no built site: run `npm run build`.');
      const folder = mkdtempSync(join(tmpdir(), 'spellkave-site-'));
      const server = await serveBuilt(process.cwd(), folder, await freePort());
      await use(server.url);
      await server.stop();
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ site }, use) => use(site),
});

export { expect } from 'playwright/test';
