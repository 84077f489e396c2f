import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../fixture.ts';
import { Api } from '../host/api.ts';
import { freePort } from '../host/port.ts';
import { interrupt, startScript } from '../program.fixture.ts';
import { hasModel } from '../thinker/local-model.ts';
import { hasRuntime } from '../thinker/local-runtime.ts';
import { loadWorld } from './saved-world.ts';
import { DATABASE } from './region.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
/** A model that computes with the lowest priority waits for every other program. */
const PATIENT = { timeout: 150_000, intervals: [500] };

test.skip(!hasModel() || !hasRuntime(), 'no model is cached, and only `npm start -- --mind local` downloads one');

test('--mind local lets a model on this machine think, and the world applies what it answers', async ({ folder }) => {
  test.setTimeout(240_000);
  const world = join(folder, 'world');
  const port = await freePort();
  const start = startScript(MAIN, ['--no-site', '--mind=local', `--port=${port}`, `--world=${world}`]);
  try {
    await expect.poll(start.output, { timeout: 60_000 }).toMatch(/world\s+20 places, 30 agents, lives/);
    expect(start.output()).toContain(`SmolLM2-135M-Instruct`);
    const { owner } = loadWorld(world)!;
    const api = new Api(`http://127.0.0.1:${port}`);
    const done = async () => Number((await api.sql(DATABASE, 'SELECT * FROM think_queue', owner))[0]?.['done']);
    await expect.poll(done, PATIENT).toBeGreaterThan(0);
    const events = await api.sql(DATABASE, 'SELECT * FROM event WHERE request > 0', owner);
    expect(events.length).toBeGreaterThan(0);
    await expect.poll(start.output).toMatch(/thoughts\/min \d+ \(local\)/);
  } finally {
    expect(await interrupt(start)).toBe(0);
  }
});
