import { relative } from 'node:path';
import type { AstroIntegration } from 'astro';
import { forgetReadings } from './once-per-build.ts';

/** Records, and the evidence that they cite. Astro alone renders a record again only after its own text changed. */
const RENDERED = /^(?:adr|evidence)\//;

/**
 * In development: renders the records again when one of them or some evidence changes, and reloads the page.
 * @param root the project's folder
 */
export function reloadRecords(root: string): AstroIntegration {
  return {
    name: 'reload-records',
    hooks: {
      'astro:server:setup'({ server, refreshContent }) {
        const changed = async (file: string) => {
          forgetReadings();
          if (!RENDERED.test(relative(root, file).replaceAll('\\', '/'))) return;
          await refreshContent?.({});
          server.ws.send({ type: 'full-reload' });
        };
        for (const event of ['add', 'change', 'unlink']) server.watcher.on(event, (file: string) => void changed(file));
      },
    },
  };
}
