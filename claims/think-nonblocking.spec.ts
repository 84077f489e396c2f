import { setTimeout as sleep } from 'node:timers/promises';
import { claim } from './harness/claim.ts';
import { atLeast, atMost, countFigure, meanFigure, quantileFigure } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { distribution, quantileOf } from './harness/statistics.ts';
import { newThinker, startThinkerProcess } from './harness/thinkers.ts';

const AGENTS = 1_000;
const BURN_MS = 2_000;

claim('think-nonblocking', {
  kind: 'measured',
  why: 'Models answer in seconds or not at all. If the world waited for them, no amount of speed elsewhere would help.',
  method:
    'A lab world of 1,000 agents, all of whom move in every tick. In turn: nobody thinks; then each agent has an open request, and a thinker in a process of its own leases them all and asks a mind that never answers. Lateness with is compared with lateness without, in interleaved rounds.',
  control:
    'The same wait inside the world: a reducer computes for about two seconds, as one that called a model would. The clock must stall by at least nine tenths of it.',
  dependsOn: ['spike/thinker/*.ts', 'spike/client/*.ts'],
  async run(lab, scale) {
    await lab.everybodyActs(AGENTS);
    const burn = await lab.iterationsFor(BURN_MS);
    // No thought ever ends, so there must be room for every round's.
    const stopThinker = await startThinkerProcess(lab, await newThinker(lab), 'never', 1_000_000);
    const count = scale.of(40, 350);
    const rounds = await scale
      .each(async () => {
        await lab.call('lab_forget_requests');
        const without = (await lab.watchTicks(count)).map((tick) => tick.latenessMs);
        await lab.call('lab_ask', AGENTS);
        const leased = await waitForLeases(lab);
        const hanging = (await lab.watchTicks(count)).map((tick) => tick.latenessMs);
        await lab.call('lab_forget_requests');
        return { without, hanging, leased, ...(await stall(lab, burn)) };
      })
      .finally(stopThinker);

    const hanging = rounds.map((round) => round.hanging);
    const without = rounds.flatMap((round) => round.without);
    const figure = (q: string, n: number) =>
      quantileFigure(
        { arm: 'subject', name: `lateness.${q}`, label: `Lateness ${q} while 1,000 minds hang`, unit: 'ms' },
        hanging,
        n,
      );
    const bound = (q: number) => 1.25 * quantileOf(without, q) + 2;
    const p99 = atMost(figure('p99', 0.99), bound(0.99), 'full');
    return {
      headline: `p99 ${p99.value.toFixed(1)} ms, ${(p99.value / quantileOf(without, 0.99)).toFixed(2)} × without`,
      checks: [
        p99,
        atMost(figure('p50', 0.5), bound(0.5)),
        atLeast(
          countFigure(
            { arm: 'subject', name: 'leased', label: 'Requests leased to the hanging mind', unit: 'requests' },
            rounds.map(({ leased }) => leased),
          ),
          scale.rounds * AGENTS,
        ),
        atLeast(
          meanFigure(
            { arm: 'control', name: 'stall.share', label: 'Stall in per cent of the computation', unit: '%' },
            rounds.map(({ share }) => share),
          ),
          90,
        ),
      ],
      distributions: [
        distribution(
          { arm: 'subject', label: '1,000 open requests, a mind that hangs', name: 'lateness', unit: 'ms' },
          hanging,
        ),
        distribution({ arm: 'baseline', label: 'nobody thinks', name: 'lateness', unit: 'ms' }, [without]),
        distribution(
          { arm: 'control', label: 'a reducer computes for two seconds', name: 'lateness', unit: 'ms' },
          rounds.map(({ stalled }) => stalled),
        ),
      ],
    };
  },
});

async function waitForLeases(lab: Lab): Promise<number> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(200)) {
    const [queue] = await lab.sql('SELECT * FROM think_queue');
    if (Number(queue?.['leased']) >= AGENTS) return Number(queue?.['leased']);
  }
  return 0;
}

/** Ticks around one long computation, and the worst lateness among them in per cent of how long it took. */
async function stall(lab: Lab, iterations: number): Promise<{ stalled: number[]; share: number }> {
  const settle = 5;
  const watched = lab.watchTicks(60, settle);
  await sleep(settle * 100 + 200);
  const started = performance.now();
  await lab.call('lab_spin', iterations);
  const burnedMs = performance.now() - started;
  const stalled = (await watched).map((tick) => tick.latenessMs);
  return { stalled, share: (Math.max(...stalled) / burnedMs) * 100 };
}
