import { claim } from './harness/claim.ts';
import { count, mean, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import { of } from './harness/scale.ts';
import { quantileOf, round } from './harness/statistics.ts';
import { residentMiB } from './instruments/host-process.ts';
import { costsOf, PausedWorld, populate, type Watched } from './instruments/paused-world.ts';
import { number } from './number.ts';

const ACTING = of(1_000, 10_000);
const LIVING = of(20_000, 1_000_000);
const [WORDS, FEW] = [LIVING.toLocaleString('en'), ACTING.toLocaleString('en')];
const CROWD = 'crowd';

claim('tick-scale', {
  kind: 'measured',
  minutes: { quick: 3, full: 10 },
  quickRounds: 1,
  why: 'Most inhabitants of a world do nothing at any given moment. If idle agents cost as much as acting ones, every newcomer would slow everybody down.',
  method:
    'One host runs two lab worlds. In one, 10,000 agents live, and all of them act in every tick. In the other, 1,000,000 live and take turns in groups of 10,000; a quick run has 1,000 and 20,000. One third patrols, one third trades and one third wanders. The owner fills every purse and stall, so that traders make as many trades in both worlds. Only one clock runs at a time. The cost of a tick is the time that the host reports for its reducer, commit included; the figure is the ratio of the medians. Memory is what the host’s process holds after the many were added, less what it held before. The host is then restarted: the time counts until both worlds answer.',
  control: 'In the second world, all agents act in every tick.',
  figures: {
    ratio: mean(`Cost of a tick, against ${FEW} alone`, '×'),
    rows: mean('Rows written in a tick', 'rows'),
    cost: samples('Cost of a tick', 'ms', {
      baseline: `${FEW} living, all act`,
      subject: `${WORDS} living, ${FEW} act`,
    }),
    missed: count('Ticks missed', 'ticks'),
  },
  limits: ({ subject, baseline, control }) => [
    // Half as much again leaves room for what a larger table may cost a machine (its caches), and for nothing that grows
    // with the number of the living: 100 times as many would then show as much more.
    subject.ratio.atMost(1.5),
    // Otherwise it would be cheaper only because less happens in it. In a quick run the traders of the second world take
    // two turns, in step, and if both are walks a tick writes up to a quarter less.
    subject.rows.atLeast(of(0.7, 0.95) * Math.min(...baseline.rows.rounds)),
    // A tick that costs by the living costs at least a tenth of their number times as much, whatever else is in it.
    control.ratio.atLeast(LIVING / ACTING / 10),
    // 20,000 who act may still fit into a period; a million cannot.
    full(control.missed.atLeast(1)),
  ],
  headline: ({ subject }) => `${number(subject.ratio.value)} × the cost without the idle; limit 1.5 ×; ${WORDS} living`,
  async run({ lab, scale, subject, baseline, control, under }) {
    await populate(lab, lab.database, ACTING);
    const before = residentMiB(lab.host);
    await populate(lab, CROWD, LIVING);
    const memory = ((residentMiB(lab.host) - before) / LIVING) * 2 ** 20;
    const startedMs = await lab.restart(undefined, [lab.database, CROWD]);
    const restart = (Date.now() - startedMs) / 1_000;
    const [few, crowd] = [await PausedWorld.of(lab, lab.database), await PausedWorld.of(lab, CROWD)];
    const count = scale.of(30, 80);
    // Their stalls soon have nothing left, and traders only walk.
    const poor = await crowd.watch(LIVING / ACTING, count);
    for (const world of [few, crowd]) await world.fillPurses();
    const rich: Watched[] = [];
    await scale.each(async () => {
      const alone = await few.watch(1, count);
      const many = await crowd.watch(LIVING / ACTING, count);
      rich.push(many);
      for (const [arm, watched] of [
        [baseline, alone],
        [subject, many],
        [control, await crowd.watch(1, scale.of(6, 3), 1)],
      ] as const) {
        arm.cost.add(...watched.costs);
        arm.rows.add(watched.rows);
        arm.missed.add(watched.missed);
        arm.ratio.add(quantileOf(watched.costs, 0.5) / quantileOf(alone.costs, 0.5));
      }
    });
    under({
      name: 'living',
      label: `${WORDS} living`,
      figures: [
        { name: 'memory', label: 'Memory per agent', unit: 'B', value: round(memory) },
        { name: 'restart', label: 'Restart', unit: 's', value: round(restart) },
        ...costsOf(rich),
      ],
    });
    under({ name: 'sold-out', label: `${WORDS} living, stalls sold out`, figures: costsOf([poor]) });
  },
});
