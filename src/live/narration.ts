import { quantile } from '../../spike/client/quantile.ts';
import type { Scene } from './scene.ts';

const MINDS = { Normal: 'The minds think', Slow: 'The minds are slowed', Stopped: 'All minds are stopped' };

/** What one sees now, in a few sentences that a screen reader can read out. Empty before the first tick. */
export function narrate({ minds, phases, queue, ticks, now, pause }: Scene): string {
  if (!minds || !queue || ticks.length === 0) return '';
  const since = phases.at(-1)?.fromMs ?? 0;
  const seconds = Math.round((now - since) / 1_000);
  const how = since > 0 ? `${MINDS[minds.mode]} for ${seconds} s.` : `${MINDS[minds.mode]}.`;
  const open = queue.pending + queue.leased;
  const wait = open === 1 ? '1 agent waits for a thought.' : `${open} agents wait for a thought.`;
  if (pause) return `${how} ${wait} The clock stands still: ${pause}.`;
  const phase = ticks.filter(({ atMs }) => atMs >= since);
  const late = (phase.length > 0 ? phase : ticks).map(({ latenessMs }) => latenessMs).sort((a, b) => a - b);
  const skipped = phase.reduce((sum, each) => sum + each.skipped, 0);
  const missed = skipped === 0 ? 'no tick is skipped' : `${skipped} ticks are skipped`;
  return `${how} ${wait} The clock: 99 of 100 ticks start within ${quantile(late, 0.99).toFixed(1)} ms, ${missed}.`;
}
