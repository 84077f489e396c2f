import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../spike/until.ts';
import { claim } from './harness/claim.ts';
import { count, mean, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { leasesOf } from './instruments/requests.ts';
import { newThinker, startThinkerProcess } from './instruments/thinkers.ts';
import { number } from './number.ts';

const AGENTS = 1_000;
const PERIOD_MS = 100;
const BURN_MS = 2_000;
/** The computation takes half of them. */
const CONTROL_TICKS = (2 * BURN_MS) / PERIOD_MS;

claim('think-nonblocking', {
  kind: 'measured',
  minutes: { quick: 4, full: 6 },
  quickRounds: 1,
  why: 'Models answer in seconds or not at all. If the world waited for them, no amount of speed elsewhere would help.',
  method:
    'A lab world of 1,000 agents, all of whom move in every tick. In turn: nobody thinks; then each agent has an open request, and a thinker in a separate process leases them all and asks a mind that never answers. Lateness with is compared with lateness without, in interleaved rounds.',
  control:
    'The same wait inside the world: a reducer computes for about two seconds, as one that called a model would. The clock must stop for at least nine tenths of it.',
  figures: {
    lateness: samples('Lateness while 1,000 minds hang', 'ms', {
      subject: '1,000 open requests, a mind that hangs',
      baseline: 'nobody thinks',
      control: 'a reducer computes for two seconds',
    }),
    leased: count('Requests leased to the hanging mind', 'requests'),
    'stall.share': mean('Time that the clock stops, in per cent of the computation', '%'),
  },
  limits({ subject, baseline, control }, { rounds }) {
    const { p99, p50 } = baseline.lateness;
    return [
      full(subject.lateness.p99.atMost(1.25 * p99.value + 2)),
      subject.lateness.p50.atMost(1.25 * p50.value + 2),
      subject.leased.atLeast(rounds * AGENTS),
      control['stall.share'].atLeast(90),
    ];
  },
  headline({ subject, baseline }) {
    const p99 = subject.lateness.p99.value;
    return `99 of 100 ticks within ${number(p99)} ms, ${(p99 / baseline.lateness.p99.value).toFixed(2)} × without them`;
  },
  async run({ lab, scale, subject, baseline, control }) {
    await lab.everybodyActs(AGENTS);
    const burn = await lab.iterationsFor(BURN_MS);
    // No thought ever ends, so there must be room for every round's.
    const stopThinker = await startThinkerProcess(lab, await newThinker(lab), 'never', 1_000_000);
    const watch = async (arm: typeof subject) =>
      arm.lateness.add(...(await lab.watchTicks(scale.of(32, 180))).map(({ latenessMs }) => latenessMs));
    await scale
      .each(async () => {
        await lab.call('lab_forget_requests');
        await watch(baseline);
        await lab.call('lab_ask', AGENTS);
        await until(async () => (await leasesOf(lab)).length >= AGENTS, 30_000, 200);
        subject.leased.add((await leasesOf(lab)).length);
        await watch(subject);
        await lab.call('lab_forget_requests');
        const { lateness, share } = await computeOnce(lab, burn);
        control.lateness.add(...lateness);
        control['stall.share'].add(share);
      })
      .finally(stopThinker);
  },
});

/** Ticks around one long computation, and the worst lateness among them in per cent of how long it took. */
async function computeOnce(lab: Lab, iterations: number): Promise<{ lateness: number[]; share: number }> {
  const settle = 5;
  const watched = lab.watchTicks(CONTROL_TICKS, settle);
  await sleep((settle + 2) * PERIOD_MS);
  const started = performance.now();
  await lab.call('lab_spin', iterations);
  const burnedMs = performance.now() - started;
  const lateness = (await watched).map(({ latenessMs }) => latenessMs);
  return { lateness, share: (Math.max(...lateness) / burnedMs) * 100 };
}
