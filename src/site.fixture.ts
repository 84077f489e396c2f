import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test as base } from 'playwright/test';
import { freePort } from '../spike/host/port.ts';
import { supervise } from '../spike/host/supervised.ts';

/** The built site, as a reader gets it. `npm test` builds it first; alone, run `npm run build` before. */
export const test = base.extend<object, { site: string }>({
  site: [
    async ({}, use) => {
      if (!existsSync('dist/index.html')) throw new Error('There is no built site: run `npm run build`.');
      const folder = mkdtempSync(join(tmpdir(), 'spellkave-site-'));
      const port = await freePort();
      const args = [
        'node_modules/astro/bin/astro.mjs',
        'preview',
        '--ignore-lock',
        '--host',
        '127.0.0.1',
        '--port',
        String(port),
      ];
      const server = supervise(process.execPath, args, join(folder, 'log'));
      const site = `http://127.0.0.1:${port}`;
      while (
        !(await fetch(site).then(
          (response) => response.ok,
          () => false,
        ))
      )
        await sleep(50);
      await use(site);
      await server.stop();
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ site }, use) => use(site),
});

export { expect } from 'playwright/test';
