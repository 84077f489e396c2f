import { expect, test } from 'playwright/test';
import { idlePulse, startHeartbeat } from './heartbeat.ts';

test('a pulse has samples however short the time and however slow the start of its process', async () => {
  for (const { p99Ms, maxMs } of [await idlePulse(30), await startHeartbeat().stop()]) {
    expect(p99Ms).toBeGreaterThanOrEqual(0);
    expect(maxMs).toBeGreaterThanOrEqual(p99Ms);
  }
});
