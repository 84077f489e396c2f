import { setTimeout as sleep } from 'node:timers/promises';
import { archivedEventOfRow } from '../spike/archivist/archived-event.ts';
import { digest } from '../spike/archivist/digest.ts';
import type { Account } from '../spike/host/api.ts';
import { claim } from './harness/claim.ts';
import { atLeast, atMost, meanFigure, quantileFigure } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { ReducerTimes } from './harness/reducer-times.ts';
import { distribution } from './harness/statistics.ts';
import { newThinker } from './harness/thinkers.ts';

const AGENTS = 10_000;
/** The most that one call may lease, and the most that one may acknowledge: the world's own bounds. */
const [LEASES, EVENTS] = [100, 250];
const WINDOW_MS = 2_000;
/** Ticks in which everybody acts once: as a world is founded, and ten times as lively. */
const [ROUND, LIVELY_ROUND] = [100, 10];
const PERIOD_MS = 100;
const SPIN_MS = 300;
const LIMIT_MS = 10;
/** A quarter of the period: what is left is for everybody else. */
const LIVELY_LIMIT_MS = PERIOD_MS / 4;

claim('reducer-budget', {
  kind: 'measured',
  why: 'While a reducer runs nobody else writes, and the clock waits. The longest of them is what everybody may have to wait.',
  method:
    'A lab world of 10,000 agents. Every ordinary reducer is called again and again, alone, with the largest work that it allows: a hundred leases, 250 events. What it took is what the host itself says, from asking for the writer until its commit is made and its subscribers are evaluated. The tick and the reaper are watched while the clock runs, the tick by a look in the middle between two of them; the rest is called while it stands, so that no call counts the wait for another. In an ordinary tick a hundredth of the agents act, as in a world that was just founded; one in which a tenth act has a limit of its own, a quarter of the period.',
  control:
    'A reducer computes for a third of a second: a call of somebody else at that moment must take at least nine tenths of it.',
  dependsOn: ['spike/archivist/digest.ts'],
  async run(lab, scale) {
    await lab.call('lab_populate', AGENTS);
    await lab.call('set_retention', WINDOW_MS);
    const times = await ReducerTimes.of(lab.host.api, lab.database);
    const burn = await lab.iterationsFor(SPIN_MS);
    const calls = scale.of(16, 60);
    const thinker = await newThinker(lab);
    const archivist = await lab.account('Archivist');
    const ticks = async (round: number) => {
      await lab.call('set_tempo', PERIOD_MS, round, 0);
      return times.watch('tick', scale.of(16, 200), await betweenTicks(lab));
    };
    const rounds = await scale.each(async () => {
      const lively = await ticks(LIVELY_ROUND);
      const took: Took = {
        tick: await ticks(ROUND),
        reap: await times.watch('reap', scale.of(3, 15)),
      };
      await lab.call('pause_clock');
      const run = async (reducer: string, account: Account, ...args: unknown[]) =>
        (took[reducer] ??= []).push(await times.time(reducer, () => lab.callAs(account, reducer, ...args)));
      await people(lab, run, calls);
      await minds(lab, run, thinker, scale.of(3, 15));
      await archive(lab, run, archivist, scale.of(1, 4));
      await governing(lab, run, calls);
      await lab.call('resume_clock');
      return { took, lively, stall: await stall(lab, burn) };
    });

    const reducers = Object.keys(rounds[0]?.took ?? {});
    const checks = reducers.map((reducer) =>
      atMost(
        quantileFigure(
          {
            arm: 'subject',
            name: `${reducer.replaceAll('_', '-')}.p99`,
            label: `Time of \`${reducer}\`, p99`,
            unit: 'ms',
          },
          rounds.map(({ took }) => took[reducer] ?? []),
          0.99,
        ),
        LIMIT_MS,
        'full',
      ),
    );
    const worst = checks.reduce((one, other) => (other.value > one.value ? other : one));
    const all = rounds.flatMap(({ took }) => Object.values(took).flat());
    return {
      headline: `the longest, ${worst.name.replace('.p99', '')}: p99 ${worst.value.toFixed(1)} ms of ${LIMIT_MS} ms`,
      checks: [
        worst,
        ...checks.filter((check) => check !== worst).sort((a, b) => b.value - a.value),
        atMost(
          quantileFigure(
            { arm: 'subject', name: 'lively-tick.p99', label: 'Time of a tick in which a tenth act, p99', unit: 'ms' },
            rounds.map(({ lively }) => lively),
            0.99,
          ),
          LIVELY_LIMIT_MS,
          'full',
        ),
        atLeast(
          meanFigure(
            { arm: 'control', name: 'stall', label: 'Wait of another call, in per cent of the computation', unit: '%' },
            rounds.map(({ stall }) => stall),
          ),
          90,
        ),
      ],
      distributions: [
        distribution({ arm: 'subject', label: `${reducers.length} reducers, each alone`, name: 'time', unit: 'ms' }, [
          all,
        ]),
        distribution(
          { arm: 'subject', label: 'a tick in which 1,000 of 10,000 act', name: 'lively-tick', unit: 'ms' },
          rounds.map(({ lively }) => lively),
        ),
      ],
    };
  },
});

/** Waits for the middle between two ticks, each time the next one. */
async function betweenTicks(lab: Lab): Promise<() => Promise<unknown>> {
  const startedMs = (await lab.ticks()).at(-1)?.startedMs ?? Date.now();
  return () => sleep(PERIOD_MS - ((Date.now() - startedMs + PERIOD_MS / 2) % PERIOD_MS));
}

/** Milliseconds of each run, by reducer. */
type Took = Record<string, number[]>;
type Run = (reducer: string, account: Account, ...args: unknown[]) => Promise<unknown>;

let joined = 0;

async function people(lab: Lab, run: Run, calls: number): Promise<void> {
  const [one, other] = [await lab.account(), await lab.account()];
  await run('join', one, `Person ${++joined}`);
  await run('join', other, `Person ${++joined}`);
  const [body] = await lab.sql(`SELECT id FROM agent_profile WHERE name = 'Person ${joined}'`);
  for (let call = 0; call < calls; call++) {
    await run('act', one, { Say: 'a'.repeat(280) });
    await run('act', one, { Give: { to: Number(body?.['id']), good: 'gold', quantity: 1 } }).catch(() => {});
    await run('act', one, { Wait: [] });
  }
  await run('act', one, { Go: 'north' });
  await run('act', one, { Buy: { good: 'salt', quantity: 1, gold: 100 } }).catch(() => {});
  // A player may have three questions open.
  for (const agent of [1, 2, 3]) await run('ask', other, AGENTS / 2 + agent + joined * 10, 'b'.repeat(280));
}

async function minds(lab: Lab, run: Run, thinker: Account, batches: number): Promise<void> {
  for (let batch = 0; batch < batches; batch++) {
    await lab.call('lab_forget_requests');
    await lab.call('lab_ask', LEASES);
    await run('lease', thinker, LEASES);
    const leased = (await lab.sql('SELECT * FROM think_request')).slice(0, 10);
    for (const [index, row] of leased.entries()) {
      const lease = [Number(row['id']), Number(row['lease_epoch'])];
      if (index % 2) await run('submit', thinker, ...lease, { Say: 'c'.repeat(280) });
      else await run('give_back', thinker, ...lease, 'd'.repeat(500), 0);
    }
  }
  await lab.call('lab_forget_requests');
}

async function archive(lab: Lab, run: Run, archivist: Account, batches: number): Promise<void> {
  const speaker = await lab.account();
  await lab.callAs(speaker, 'join', `Person ${++joined}`);
  for (let said = 0; said < EVENTS * batches; said += 50)
    await Promise.all(Array.from({ length: 50 }, () => lab.callAs(speaker, 'act', { Say: 'e'.repeat(100) })));
  await sleep(WINDOW_MS + 200);
  for (let batch = 0; batch < batches; batch++) {
    const events = (await lab.sql('SELECT * FROM event'))
      .map(archivedEventOfRow)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, EVENTS);
    await run('acknowledge', archivist, Number(events.at(-1)?.id), events.length, digest(events));
  }
}

async function governing(lab: Lab, run: Run, calls: number): Promise<void> {
  const somebody = await lab.account();
  for (let call = 0; call < calls / 4; call++) {
    await run('grant_role', lab.owner, [`0x${somebody.identity}`], { Archivist: [] });
    await run('revoke_role', lab.owner, [`0x${somebody.identity}`]);
    await run('set_tempo', lab.owner, PERIOD_MS, ROUND, 0);
    await run('set_retention', lab.owner, WINDOW_MS);
    await run('set_mind_policy', lab.owner, { Normal: [] }, 1_000_000_000);
  }
}

/** How long another call takes while a reducer computes, in per cent of how long it computes. */
async function stall(lab: Lab, iterations: number): Promise<number> {
  const started = performance.now();
  const spin = lab.call('lab_spin', iterations).then(() => performance.now() - started);
  await sleep(SPIN_MS / 20);
  const asked = performance.now();
  await lab.call('set_retention', WINDOW_MS);
  const waited = performance.now() - asked;
  const spent = await spin;
  return (waited / (spent - (asked - started))) * 100;
}
