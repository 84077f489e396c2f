import { setTimeout as sleep } from 'node:timers/promises';
import { claim } from './harness/claim.ts';
import { atLeast, atMost, countFigure, exactly, quantileFigure } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { ReducerTimes } from './harness/reducer-times.ts';

/** The sentence says so. It is counted from before the host's process is there, so it holds the start of the host too. */
const FIRST_TICK_MS = 2_000;
const PERIOD_MS = 100;
const STARTS = 2;

claim('lazy-start', {
  kind: 'measured',
  why: 'The pinned host starts a database at the first request that touches it. A world that waits for a visitor is not going on while nobody watches.',
  method:
    'The host of a living world is ended in order and started again, again and again, with one request to each database, as our start makes one. Then nobody touches the database for a while; only the host’s metrics are read, which do not wake it. At the end the world is asked once what its clock recorded: the first tick is counted from the moment before the host’s process is started.',
  control: 'The same starts without that request: until the world is asked, no tick may have run.',
  dependsOn: ['spike/host/*.ts'],
  async run(lab, scale) {
    const waitMs = scale.of(1_000, 5_000);
    const rounds = await scale.each(async () => {
      const probed: Waited[] = [];
      for (let start = 0; start < STARTS; start++) probed.push(await restartAndWait(lab, [lab.database], waitMs));
      return { probed, alone: await restartAndWait(lab, [], waitMs) };
    });
    const unseen = { name: 'unseen', label: `Ticks in ${waitMs / 1_000} s without a visitor`, unit: 'ticks' };
    const first = atMost(
      quantileFigure(
        { arm: 'subject', name: 'first-tick.max', label: 'Start of the host to first tick, worst', unit: 'ms' },
        rounds.map(({ probed }) => probed.map(({ firstTickMs }) => firstTickMs)),
        1,
      ),
      FIRST_TICK_MS,
      'full',
    );
    return {
      headline: `first tick after ${Math.round(first.value)} ms of ${first.limit} ms, at worst`,
      checks: [
        first,
        atLeast(
          countFigure(
            { arm: 'subject', ...unseen },
            rounds.map(({ probed }) => probed.reduce((sum, { ticks }) => sum + ticks, 0)),
          ),
          // Half of what the clock owes: a tick or two may be skipped while the host comes up.
          (rounds.length * STARTS * waitMs) / PERIOD_MS / 2,
        ),
        exactly(
          countFigure(
            { arm: 'control', ...unseen },
            rounds.map(({ alone }) => alone.ticks),
          ),
          0,
        ),
      ],
      tallies: rounds.flatMap(({ probed, alone }) => [
        ...probed.map(({ ticks }) => ({
          arm: 'subject' as const,
          label: 'started with the request',
          outcomes: { ticks },
        })),
        { arm: 'control' as const, label: 'started without it', outcomes: { ticks: alone.ticks } },
      ]),
    };
  },
});

interface Waited {
  /** How many ticks ran before anybody asked. */
  ticks: number;
  firstTickMs: number;
}

async function restartAndWait(lab: Lab, databases: string[], waitMs: number): Promise<Waited> {
  const startedMs = await lab.restart((host) => host.stop(), databases);
  const times = await ReducerTimes.of(lab.host.api, lab.database);
  await sleep(waitMs);
  const { runs } = await times.spent('tick');
  const own = (await lab.ticks()).filter((tick) => tick.startedMs > startedMs);
  return { ticks: runs, firstTickMs: (own[0]?.startedMs ?? Date.now()) - startedMs };
}
