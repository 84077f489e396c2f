import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../spike/until.ts';
import { claim } from './harness/claim.ts';
import { count, least, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import { of } from './harness/scale.ts';
import { processorMs } from './instruments/processor-time.ts';
import { requireQuietMachine } from './instruments/quiet.ts';
import { Cluster } from './instruments/rival-arms.ts';
import { openServerThinking } from './instruments/rival-thinking-server.ts';
import { openSpacetimeDbThinking } from './instruments/rival-thinking-spacetimedb.ts';
import { STALL_MS, ThinkingFigures, type ClockWatch, type ThinkingArm } from './instruments/rival-thinking.ts';
import { number } from './number.ts';

const AGENTS = 1_000;
const PERIOD_MS = 100;
/** Each of 1,000 agents reflects once in 50 ticks of 100 ms: 200 thoughts a second. */
const REFLECT_EVERY = 50;
const RATE = 200;
const THINKERS = 2;
const QUESTIONS = of(20, 200);
const POLL_MS = 1_000;
const POLLED = of(1, 4);
/** Until all agents reflect in turn. */
const SETTLE_MS = of(500, 2_000);
const TICKS = of(12, 100);
const ROUNDS = of(1, 3);

claim('rival-think', {
  kind: 'measured',
  set: 'rival',
  minutes: { quick: 3, full: 5 },
  quickRounds: 1,
  starts: [
    'claims/instruments/{thinker,rival-thinker}-process.ts',
    'spike/rival/server/main.ts',
    'spike/rival/postgres/postgres-process.ts',
  ],
  why: 'Slow minds are what this world is about. If thoughts passed through one of the two runtimes much faster, or disturbed its clock less, that would count for it.',
  method: `A world of 1,000 agents, all of whom act in every tick of ${PERIOD_MS} ms, on SpacetimeDB and on the game server with its log in PostgreSQL (synchronous_commit=off). They take turns in each round, and the clock of the other one stands still. ${THINKERS} thinkers in separate processes react to requests and answer at once, so that the mind’s own time is nothing. A player asks one agent after another; the figure is the time from sending the question until the player’s own connection shows the answer. On SpacetimeDB the player subscribes to the events that concern them; the game server has no such scope, so there the player watches everything. Then all agents reflect by themselves, ${RATE} a second in all, while the lateness of the clock is watched.`,
  control: `Two mechanisms are broken in each arm. A thinker that does not react, but leases once a second: the time must rise to where a second’s wait puts it. A thought of about ${STALL_MS} ms that is computed inside the world: a reducer on SpacetimeDB; on the game server, whose rules run in one thread, its process is stopped for so long. The clock must stop for nearly all of it.`,
  figures: {
    roundtrip: samples('Question to answer', 'ms', {
      subject: 'SpacetimeDB',
      baseline: 'game server, log in PostgreSQL',
    }),
    lateness: samples(`Lateness at ${RATE} thoughts a second`, 'ms', {
      subject: `SpacetimeDB, ${RATE} thoughts a second`,
      baseline: `game server, ${RATE} thoughts a second`,
    }),
    rate: least('Thoughts in a second, slowest round', 'thoughts/s'),
    missed: count('Ticks missed meanwhile', 'ticks'),
    polled: least('Question to answer with a thinker that leases once a second, quicker arm, median', 'ms'),
    'stall.share': least('Time that the clock stops, in per cent of the computation, arm that stops less', '%'),
  },
  limits: ({ subject, baseline, control }) => [
    full(subject.roundtrip.p99.atMost(50)),
    full(baseline.roundtrip.p99.atMost(50)),
    ...[subject, baseline].flatMap(({ rate, lateness, missed }) => [
      // What is asked for, less what the edges of the window may cut off.
      full(rate.atLeast(0.95 * RATE)),
      full(lateness.p99.atMost(10)),
      full(missed.atMost(0)),
    ]),
    // Half a second on average; a quarter is far above what a machine adds.
    control.polled.atLeast(250),
    // The next tick is due up to a period after the computation begins.
    control['stall.share'].atLeast(of(75, 90)),
  ],
  headline({ subject, baseline }) {
    const [own, rival] = [subject.roundtrip.p50.value, baseline.roundtrip.p50.value];
    return `p50 ${number(own)} ms; log in PostgreSQL ${number(rival)} ms`;
  },
  async run({ lab, scale, subject, baseline, control, under }) {
    requireQuietMachine();
    const cluster = await Cluster.start();
    const arms: { arm: ThinkingArm; figures: typeof subject; seen: ThinkingFigures }[] = [];
    try {
      for (const [figures, open] of [
        [subject, () => openSpacetimeDbThinking(lab, AGENTS)],
        [baseline, () => openServerThinking(cluster, AGENTS)],
      ] as const)
        arms.push({ arm: await open(), figures, seen: new ThinkingFigures() });
      await scale.each(async () => {
        for (const { arm, figures, seen } of arms) {
          await arm.resume();
          control.polled.add(await polled(arm));
          const stop = await arm.startThinkers(THINKERS);
          const times = await arm.ask(QUESTIONS);
          const { clock, rate, cpu } = await reflectTogether(arm);
          await stop();
          control['stall.share'].add(await stallShare(arm));
          await arm.pause();
          figures.roundtrip.add(...times);
          figures.lateness.add(...clock.lateness);
          figures.rate.add(rate);
          figures.missed.add(clock.skipped);
          seen.roundtrips.push(...times);
          seen.addReflections(clock, rate, cpu);
        }
      }, ROUNDS);
    } finally {
      for (const { arm } of arms) await arm.close();
      await cluster.postgres.stop();
    }
    for (const { arm, seen } of arms) under(seen.conditionOf(arm));
  },
});

/** @returns the median of what questions take with a thinker that does not react to them */
async function polled(arm: ThinkingArm): Promise<number> {
  const stop = await arm.startPoller(POLL_MS);
  const times = (await arm.ask(POLLED)).sort((a, b) => a - b);
  await stop();
  return times[Math.floor(times.length / 2)] ?? NaN;
}

/** Lets all agents reflect, and watches clock, rate and processor time (milliseconds in a second) meanwhile. */
async function reflectTogether(arm: ThinkingArm): Promise<{ clock: ClockWatch; rate: number; cpu: number }> {
  await arm.reflectEvery(REFLECT_EVERY);
  await sleep(SETTLE_MS);
  const [before, cpuBefore, began] = [await arm.done(), processorMs(...arm.pids), performance.now()];
  // Reading the count may delay a tick, and none of those that are watched.
  await sleep(3 * PERIOD_MS);
  const clock = await arm.watchClock(TICKS);
  const seconds = (performance.now() - began) / 1_000;
  const [cpu, rate] = [(processorMs(...arm.pids) - cpuBefore) / seconds, ((await arm.done()) - before) / seconds];
  await arm.reflectEvery(0);
  await until(async () => (await arm.open()) === 0, 10_000, 50);
  return { clock, rate, cpu };
}

/** Per cent of a computation inside the world for which the clock stopped. */
async function stallShare(arm: ThinkingArm): Promise<number> {
  const watched = arm.watchClock(STALL_MS / PERIOD_MS + 8);
  await sleep(3 * PERIOD_MS);
  const stalledMs = await arm.stall();
  return (Math.max(...(await watched).lateness) / stalledMs) * 100;
}
