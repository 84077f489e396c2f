import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryTokens } from '../../spike/client/token-store.ts';
import { findHost } from '../../spike/host/binary.ts';
import { startHost } from '../../spike/host/host.ts';
import { buildModule } from '../../spike/host/module.ts';
import { DATABASE } from '../../spike/start/region.ts';
import { ThoughtWatch } from '../../spike/start/thought-watch.ts';
import { raiseWorld } from '../../spike/start/world.ts';
import { rules } from '../../spike/thinker/rules.ts';
import { startThinker } from '../../spike/thinker/thinker.ts';
import type { News } from '../../src/live/news.ts';
import type { Recording } from '../../src/live/replay.ts';
import { SPAN_MS } from '../../src/live/scene.ts';
import { watchWorld, type WorldLink } from '../../src/live/world-link.ts';

/**
 * Records a run of a real world for readers who have none: half a minute as it lives, half a minute with its minds
 * stopped, and half a minute free again. Recorded is what the owner's page learns: the map, who is where and does and has
 * what, ticks, queue, minds, events, and the steps of each thought.
 */
const FILE = 'src/live/recording.json';
const PART_MS = 30_000;
const THOUGHTS_EVERY_MS = 250;

const folder = mkdtempSync(join(tmpdir(), 'spellkave-record-'));
const host = await startHost({ binary: await findHost(console.log), folder });
try {
  const world = await raiseWorld(host, await buildModule('production', console.log), folder);
  const at = { url: host.url, database: DATABASE };
  const tokens = memoryTokens(world.thinker.token);
  const thinker = startThinker({ ...at, tokens, mind: rules, concurrency: 2, timeoutMs: 5_000, log: () => {} });
  console.log(`a world lives for ${SPAN_MS / 1_000} s, then it is recorded for ${(3 * PART_MS) / 1_000} s`);
  await sleep(SPAN_MS);

  const recordedAt = new Date().toISOString();
  const news: Recording['news'] = [];
  let began: number | undefined;
  const tell = (piece: News) => {
    began ??= performance.now();
    news.push([Math.round(performance.now() - began), piece]);
  };
  const watch = new ThoughtWatch({ ...at, token: world.thinker.token });
  let seen = { era: 0, next: 0 };
  const tellThoughts = () => {
    const { era, next, steps } = watch.news(seen);
    const anew = era !== seen.era;
    seen = { era, next };
    if (began !== undefined && (anew || steps.length > 0)) tell({ kind: 'thoughts', anew, steps });
  };
  const link: WorldLink = await new Promise((resolve) => {
    const owner = memoryTokens(world.owner.token);
    const made = watchWorld({
      ...at,
      tokens: owner,
      tell,
      onStatus: ({ state }) => state === 'live' && setTimeout(() => resolve(made)),
      onRefused: (reason) => {
        throw new Error(reason);
      },
    });
  });
  const following = setInterval(tellThoughts, THOUGHTS_EVERY_MS);
  await sleep(PART_MS);
  link.setMindMode('Stopped');
  await sleep(PART_MS);
  link.setMindMode('Normal');
  await sleep(PART_MS);
  clearInterval(following);
  watch.close();
  link.close();
  await thinker.stop();

  const generated = 'by `npm run record:live`, from a run of a real world; do not edit';
  const head = JSON.stringify({ generated, recordedAt, host: host.version }).slice(0, -1);
  const lines = news.map((entry) => JSON.stringify(entry));
  writeFileSync(FILE, `${head},"news":[\n${lines.join(',\n')}\n]}\n`);
  console.log(`${news.length} pieces of news written to ${FILE}`);
} finally {
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
}
