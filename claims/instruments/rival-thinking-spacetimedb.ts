import type { Lab } from '../harness/lab.ts';
import { Asker } from './asker.ts';
import { processOf } from './host-process.ts';
import { startPoller } from './poller.ts';
import { openIn } from './requests.ts';
import { STALL_MS, type ClockWatch, type ThinkingArm } from './rival-thinking.ts';
import { newThinker, startThinkerProcess } from './thinkers.ts';

/** Requests that one thinker holds at a time. */
const CONCURRENCY = 50;

/** The lab's world, with a player who asks. Its clock stands still at first. */
export async function openSpacetimeDbThinking(lab: Lab, agents: number): Promise<ThinkingArm> {
  await lab.everybodyActs(agents);
  await lab.call('pause_clock');
  const burn = await lab.iterationsFor(STALL_MS);
  const asker = await Asker.join(lab, agents);
  return {
    name: 'spacetimedb',
    label: 'SpacetimeDB',
    pids: [processOf(lab.host)],
    resume: () => lab.call('resume_clock'),
    pause: () => lab.call('pause_clock'),
    ask: (count) => asker.ask(count),
    async startThinkers(count) {
      const accounts = await Promise.all(Array.from({ length: count }, () => newThinker(lab)));
      const stops = await Promise.all(accounts.map((account) => startThinkerProcess(lab, account, 0, CONCURRENCY)));
      return async () => void (await Promise.all(stops.map((stop) => stop())));
    },
    async startPoller(everyMs) {
      const stop = await startPoller(lab, everyMs, CONCURRENCY);
      return () => Promise.resolve(stop());
    },
    reflectEvery: (ticks) => lab.call('set_tempo', 100, 1, ticks),
    done: async () => Number((await lab.sql('SELECT * FROM think_queue'))[0]?.['done']),
    open: () => openIn(lab),
    watchClock: (ticks) => watchClock(lab, ticks),
    async stall() {
      const started = performance.now();
      await lab.call('lab_spin', burn);
      return performance.now() - started;
    },
    close() {
      asker.close();
      return lab.call('pause_clock');
    },
  };
}

async function watchClock(lab: Lab, count: number): Promise<ClockWatch> {
  const ticks = await lab.watchTicks(count, 0);
  return {
    lateness: ticks.map(({ latenessMs }) => latenessMs),
    skipped: ticks.reduce((sum, { skipped }) => sum + skipped, 0),
  };
}
