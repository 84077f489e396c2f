import { EventEmitter } from 'node:events';
import { expect, test } from 'playwright/test';
import { oncePerBuild } from './once-per-build.ts';
import { reloadRecords } from './reload-records.ts';

test.afterEach(() => delete process.env['NODE_ENV']);

/** What the development server does after a file changed: `reads` again, `renders` the records, sends a `reload`. */
async function seenAfter(event: string, file: string): Promise<string[]> {
  process.env['NODE_ENV'] = 'development';
  const seen: string[] = [];
  const read = oncePerBuild('reload', () => void seen.push('reads'));
  read('/p');
  seen.length = 0;
  const watcher = new EventEmitter();
  const ws = { send: ({ type }: { type: string }) => void seen.push(type) };
  const refreshContent = () => Promise.resolve(void (read('/p'), seen.push('renders')));
  const setup = reloadRecords('/p/').hooks['astro:server:setup'] as unknown as (options: object) => void;
  setup({ server: { watcher, ws }, refreshContent });
  watcher.emit(event, `/p/${file}`);
  await new Promise(setImmediate);
  read('/p');
  return seen;
}

for (const event of ['add', 'change', 'unlink'])
  for (const file of ['adr/0001-a.md', 'evidence/a.json', 'evidence/hosts/2.0.0/a.json'])
    test(`${file}: ${event} renders the records again and reloads the page`, async () => {
      expect(await seenAfter(event, file)).toEqual(['reads', 'renders', 'full-reload']);
    });

test('another source is read again, because evidence may be stale now', async () => {
  expect(await seenAfter('change', 'spike/world/src/lib.rs')).toEqual(['reads']);
});
