import { mkdirSync, writeFileSync } from 'node:fs';
import { frameWork, type FrameWork } from './frame-work.fixture.ts';
import { addressOf, expect, state, test } from './live.fixture.ts';

/** Kept with the other results of a run: the figures depend on the machine, so no limit in milliseconds holds everywhere. */
const FILE = 'test-results/frame-work.json';
const TRACE_MS = 3_000;
/** What the page aims at, in milliseconds of a frame. */
const GOAL_MS = 8;
/** More than thirty times as many agents may cost a frame so many times as much. */
const MOST_TIMES = 6;

test.use({ build: 'lab' });

test('a frame with a thousand agents costs a few times what it costs with thirty', async ({ browser, page, world }) => {
  test.setTimeout(120_000);
  await world.call('set_tempo', [100, 10, 0]);
  await page.goto(addressOf(world.host.url, world.database));
  await expect(state(page)).toContainText('Live:');
  const measured: Record<string, FrameWork> = {};
  const measure = async (what: string) => {
    await page.waitForTimeout(1_000);
    const work = (measured[what] = await frameWork(browser, page, TRACE_MS));
    const { p50, p95 } = work;
    console.log(`main thread per frame, ${what}: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, goal ${GOAL_MS}`);
    return work;
  };
  const few = await measure('30 agents, a tenth acts in each tick');
  await world.call('lab_populate', [1_000]);
  const many = await measure('1,000 agents, a tenth acts in each tick');
  await world.call('set_tempo', [100, 1, 0]);
  await measure('1,000 agents, all act in each tick');
  mkdirSync('test-results', { recursive: true });
  writeFileSync(FILE, `${JSON.stringify(measured, null, 2)}\n`);
  expect(many.p95).toBeLessThan(MOST_TIMES * few.p95);
});
