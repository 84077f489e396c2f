import { claim } from './harness/claim.ts';
import { count, least, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import { of } from './harness/scale.ts';
import { Asker } from './instruments/asker.ts';
import { askInBacklog } from './instruments/backlog.ts';
import { startPoller } from './instruments/poller.ts';
import { reflectTogether } from './instruments/reflections.ts';
import { newThinker, startThinkerProcess } from './instruments/thinkers.ts';

const AGENTS = 1_000;
/** Each of 1,000 agents reflects once in 50 ticks of 100 ms: 200 thoughts a second. */
const REFLECT_EVERY = 50;
const RATE = 200;
const POLL_MS = 1_000;
/** That the poller takes at most when it looks. */
const LEASES = 10;
/** Reflections that wait when the player asks, and how two thoughts at a time work them off. */
const BACKLOG = { size: of(40, 200), thoughtMs: 50, atOnce: 2 };

claim('think-roundtrip', {
  kind: 'measured',
  minutes: { quick: 4, full: 6 },
  quickRounds: 1,
  why: 'What the way through the database costs is added to every thought. If it were seconds, a quick model would be wasted on this world.',
  method:
    'A lab world of 1,000 agents, all of whom act in every tick. A player on a separate connection asks one agent after another; a thinker in a separate process answers at once, so that the mind’s own time is nothing. The figure is the time from sending the question until the player’s subscription shows the answer. Then all agents reflect by themselves, 200 a second in all, for two thinkers in separate processes, while the lateness of the clock is watched. At last the player asks while reflections wait for a thinker of two thoughts at once: what counts is how many of them are thought before the answer.',
  control:
    'A thinker that does not react to rows, but leases once a second: the time must rise to where a second’s wait puts it. And the newest of the waiting reflections, which has no priority: nearly all the others must be thought before it.',
  figures: {
    roundtrip: samples('Question to answer', 'ms', {
      subject: 'a thinker that reacts to rows',
      control: 'a thinker that leases once a second',
    }),
    rate: least('Thoughts in a second, slowest round', 'thoughts/s'),
    lateness: samples(`Lateness at ${RATE} thoughts a second`, 'ms', { subject: `${RATE} thoughts a second` }),
    ahead: count('Reflections thought before the answer that others wait for', 'thoughts'),
    missed: count('Ticks missed meanwhile', 'ticks'),
  },
  limits: ({ subject, control }, { rounds }) => [
    // A thought passes the host four times (ask, lease, submit, and the rows back); each waits for a tick at most.
    full(subject.roundtrip.p99.atMost(50)),
    full(subject.roundtrip.p50.atMost(10)),
    // What is asked for, less what the edges of the window may cut off.
    full(subject.rate.atLeast(0.95 * RATE)),
    full(subject.lateness.p99.atMost(10)),
    full(subject.missed.atMost(0)),
    // Those that are being thought when the player asks, and those next to the question.
    subject.ahead.atMost(rounds * 3 * BACKLOG.atOnce),
    control.ahead.atLeast(rounds * (BACKLOG.size - 2 * BACKLOG.atOnce)),
    // Half a second on average; a quarter is far above what a machine adds, and far below a broken control.
    control.roundtrip.p50.atLeast(250),
  ],
  async run({ lab, scale, subject, control }) {
    await lab.everybodyActs(AGENTS);
    const asker = await Asker.join(lab, AGENTS);
    await scale.each(async () => {
      const stop = await startThinkerProcess(lab, await newThinker(lab), 0, 8);
      subject.roundtrip.add(...(await asker.ask(scale.of(40, 200))));
      await stop();
      const stopPoller = await startPoller(lab, POLL_MS, LEASES);
      control.roundtrip.add(...(await asker.ask(scale.of(4, 12))));
      stopPoller();
      const { ticks, rate } = await reflectTogether(lab, REFLECT_EVERY, scale.of(32, 100));
      subject.rate.add(rate);
      subject.lateness.add(...ticks.map(({ latenessMs }) => latenessMs));
      subject.missed.add(ticks.reduce((sum, { skipped }) => sum + skipped, 0));
      const { question, reflection } = await askInBacklog(lab, asker, BACKLOG);
      subject.ahead.add(question);
      control.ahead.add(reflection);
    });
    asker.close();
  },
});
