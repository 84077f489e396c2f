import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryTokens } from '../../spike/client/token-store.ts';
import { expect, test } from '../../spike/fixture.ts';
import { startHost } from '../../spike/host/host.ts';
import { buildModule } from '../../spike/host/module.ts';
import { DATABASE } from '../../spike/start/region.ts';
import { raiseWorld } from '../../spike/start/world.ts';
import { rules } from '../../spike/thinker/rules.ts';
import { startThinker } from '../../spike/thinker/thinker.ts';

const GUIDE = 'src/content/docs/guides/write-a-client.md';

test('the client that the guide shows runs as it stands, and hears an answer', async ({ binary, folder }) => {
  const [, program = ''] = /```ts\n(.*?)```/s.exec(readFileSync(GUIDE, 'utf8')) ?? [];
  const room = join('spike', `.guide-${process.pid}`);
  mkdirSync(room);
  writeFileSync(join(room, 'main.ts'), program);
  const host = await startHost({ binary, folder });
  const world = await raiseWorld(host, await buildModule('production', console.log), folder);
  const tokens = memoryTokens(world.thinker.token);
  const thinker = startThinker({
    url: host.url,
    database: DATABASE,
    tokens,
    mind: rules,
    concurrency: 2,
    timeoutMs: 5_000,
    log: () => {},
  });
  const client = spawn(process.execPath, ['--import', 'tsx', join(room, 'main.ts'), host.url, 'Who are you?']);
  let said = '';
  client.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  try {
    await expect.poll(() => said, { timeout: 20_000 }).toMatch(/tick \d+: Mira answers Listener \d+: \w/);
    client.kill('SIGINT');
    await expect.poll(() => client.exitCode).toBe(0);
  } finally {
    client.kill('SIGKILL');
    await thinker.stop();
    await host.stop();
    rmSync(room, { recursive: true });
  }
});
