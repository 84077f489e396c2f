import { setTimeout as sleep } from 'node:timers/promises';
import type { Condition } from './condition.ts';
import { claim, type Bench } from './harness/claim.ts';
import { count, least, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import { of } from './harness/scale.ts';
import { quantileOf, round } from './harness/statistics.ts';
import { Crossings, type Crossing } from './instruments/crossings.ts';
import { requireQuietMachine } from './instruments/quiet.ts';
import { openTwo, type RegionHost } from './instruments/region-host.ts';
import { newPorter, startRelay, type RelayProcess } from './instruments/relay-process.ts';
import { number } from './number.ts';

/** The relay's own setting comes first; a quick run has no time for it. */
const WAITS_MS = of([200, 0], [1_000, 500, 0]);
const [WAIT_MS = 0] = WAITS_MS;
/** In the protocol: until the offer, the pending copy and the release are each old enough. */
const WAITS_IN_A_CROSSING = 3;
const LIVING = of(1_000, 10_000);
const ACTING = of(100, 1_000);
/** One after the other, so that nobody waits for another's journey. */
const TRAVELLERS = of(5, 30);
const APART_MS = of(50, 100);
/** All at once: what the relay carries. */
const CROWD = of(10, 200);
/** Few enough to leave while the relay stands still. */
const DELAYED = of(3, 10);
const DELAY_MS = 2_000;
/** A person who waits longer for an answer turns to something else. */
const PATIENCE_MS = 10_000;

const FIGURES = {
  time: samples('From leaving to arriving', 'ms', {
    subject: `the relay waits ${number(WAIT_MS)} ms before each step`,
    baseline: 'the relay does not wait, and a crash may double or lose a person',
    control: 'the relay stands still for 2 s',
  }),
  fastest: least('Fastest crossing', 'ms'),
  turned: count('People who were turned back', 'people'),
  delay: least('What the stop adds to the median', 'ms'),
};

claim('border-time', {
  kind: 'measured',
  set: 'border',
  minutes: { quick: 3, full: 6 },
  quickRounds: 1,
  why: 'A border costs the player time. The relay waits before each step, because the pinned host shows a commit before it is on the disk.',
  method: `Two regions of one world, each on a host of its own, both on the same cores, with ${LIVING.toLocaleString('en')} agents each, of whom ${number(ACTING)} act in every tick of 100 ms. A relay serves the border in a process of its own. ${TRAVELLERS} players leave one after the other, ${APART_MS} ms apart; in the next crossing they come back. The time of one runs from just before the call that leaves until a subscriber of the region of arrival sees that the person lives there. Round after round, the relay’s setting --wait-ms is ${WAITS_MS.join(', ')}. At the relay’s own setting, ${CROWD} players then leave at once; the rate is how many of them arrive per second, from the first arrival to the last. A client that has to connect to the other region takes longer; that part is not measured here.`,
  control: `As soon as ${DELAYED} players have left, the relay’s process is stopped for ${DELAY_MS / 1_000} s. The delay must show in the median.`,
  figures: FIGURES,
  limits: ({ subject, control }) => [
    // Ten seconds are about the limit for keeping a person's attention on a dialogue (Nielsen, 1993). A journey on foot
    // may take that long; more would feel like a world that has hung.
    full(subject.time.p99.atMost(PATIENCE_MS)),
    // Faster than its waits means that the relay acted on something that a crash could undo.
    subject.fastest.atLeast(WAITS_IN_A_CROSSING * WAIT_MS),
    subject.turned.exactly(0),
    control.delay.atLeast(0.9 * DELAY_MS),
  ],
  async run(bench) {
    requireQuietMachine();
    const { lab, scale, subject, control, under } = bench;
    const regions = await openTwo(lab);
    const groups: Crossings[] = [];
    const group = async (name: string, count: number) => {
      const crossings = await Crossings.open(lab, regions, name, count);
      groups.push(crossings);
      return crossings;
    };
    try {
      await Promise.all(regions.map(live));
      const [walkers, delayed] = [await group('Walker', TRAVELLERS), await group('Late', DELAYED)];
      const crowd = await group('Pilgrim', CROWD);
      const porter = await newPorter(lab, regions);
      const crossed = new Map<number, Crossing[]>(WAITS_MS.map((waitMs) => [waitMs, []]));
      const crowds: Crossing[][] = [];
      await scale.each(async () => {
        for (const [waitMs, all] of crossed) {
          const relay = await startRelay(lab, regions, porter, waitMs);
          const found = await walkers.over(APART_MS);
          all.push(...found);
          note(bench, waitMs, found);
          if (waitMs === WAIT_MS) {
            const late = await delayed.over(0, () => standStill(relay));
            control.time.add(...late.map(timeOf));
            control.delay.add(quantileOf(late.map(timeOf), 0.5) - quantileOf(found.map(timeOf), 0.5));
            crowds.push(await crowd.over(0));
            subject.turned.add([...late, ...(crowds.at(-1) ?? [])].filter(({ isOver }) => !isOver).length);
          }
          await relay.stop();
        }
      });
      for (const [waitMs, all] of crossed) under(settingOf(waitMs, all));
      under(crowdOf(crowds));
    } finally {
      for (const crossings of groups) crossings.close();
      await Promise.all(regions.map((region) => region.close()));
    }
  },
});

async function live(region: RegionHost): Promise<void> {
  await region.call('lab_populate', LIVING);
  await region.call('set_tempo', 100, LIVING / ACTING, 0);
  await region.call('resume_clock');
}

function note({ subject, baseline }: Bench<typeof FIGURES>, waitMs: number, found: Crossing[]): void {
  const times = found.map(timeOf);
  subject.turned.add(found.filter(({ isOver }) => !isOver).length);
  if (waitMs === WAIT_MS) {
    subject.time.add(...times);
    subject.fastest.add(Math.min(...times));
  }
  if (waitMs === 0) baseline.time.add(...times);
}

async function standStill(relay: RelayProcess): Promise<void> {
  relay.standStill();
  await sleep(DELAY_MS);
  relay.goOn();
}

function timeOf({ leftMs, endedMs }: Crossing): number {
  return endedMs - leftMs;
}

function settingOf(waitMs: number, found: Crossing[]): Condition {
  const words = waitMs === 0 ? 'the relay does not wait' : `the relay waits ${number(waitMs)} ms before each step`;
  return { name: `wait-${waitMs}`, label: words, figures: quantiles(found.map(timeOf)) };
}

/** What the relay carries when everybody leaves at once. */
function crowdOf(crowds: Crossing[][]): Condition {
  const rates = crowds.map((crowd) => {
    const ends = crowd.map(({ endedMs }) => endedMs);
    return ((ends.length - 1) / (Math.max(...ends) - Math.min(...ends))) * 1_000;
  });
  const rate = rates.reduce((sum, each) => sum + each, 0) / rates.length;
  return {
    name: 'crowd',
    label: `${CROWD} people leave at once`,
    figures: [
      ...quantiles(crowds.flat().map(timeOf)),
      { name: 'rate', label: 'Arrivals, in one direction', unit: 'people/s', value: round(rate) },
    ],
  };
}

function quantiles(times: number[]): Condition['figures'] {
  return ([0.5, 0.99] as const).map((q) => ({
    name: `time.p${q * 100}`,
    label: `From leaving to arriving, p${q * 100}`,
    unit: 'ms',
    value: round(quantileOf(times, q)),
  }));
}
