import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../spike/until.ts';
import { claim } from './harness/claim.ts';
import { count } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import { of } from './harness/scale.ts';
import { BorderWorld, TARGETS, type Blow, type Cut } from './instruments/border-world.ts';
import { seeded } from './instruments/damage.ts';

/** Which process is killed when follows from it, and what people do; how far each of them is then does not. */
const SEED = Number(process.env['SPELLKAVE_SEED'] ?? 20_261_126);
/** Five times as much, in half an hour. `npm run evidence -- --help` names it. */
const IS_LONG = process.env['SPELLKAVE_LONG'] === '1';
const KILLS = of(2, IS_LONG ? 300 : 60);
const CROSSINGS = of(10, IS_LONG ? 10_000 : 2_000);
/** On average, from one kill to the next. */
const EVERY_MS = of(1_500, IS_LONG ? 6_000 : 10_000);
/** Before the first kill so many have crossed, or this long has passed. */
const FIRST = { crossings: 10, withinMs: 30_000 };
/** A short run kills each kind of process once. */
const SHORT: Blow['target'][] = ['both', 'relay'];
/** The most that a power cut may take back by what record 0008 assumes. A short run is in a hurry. */
const LOST_MS = of(200, 900);
/** The product's wait, which is as much longer than the loss in both runs. */
const WAIT_MS = LOST_MS + 100;
/** The control ends as soon as it has done damage; often the first kill is enough. */
const CONTROL_KILLS = of(4, 10);
const CONTROL_EVERY_MS = 2_500;
const CONTROL_LOST_MS = 900;
const PLAYERS = 2;

claim('border-once', {
  set: 'border',
  kind: 'checked',
  minutes: { quick: 3, full: IS_LONG ? 45 : 14 },
  quickRounds: 1,
  starts: ['spike/relay/main.ts', 'claims/instruments/border-eager-relay.ts'],
  why: 'No transaction spans two databases, and the host shows a commit before it is on disk. A server that splits its world and gets this wrong doubles people or loses them.',
  method: `Two regions live on two hosts, with ${PLAYERS} players and sixty agents. Two relays, each its own process, wait ${WAIT_MS} ms for each row and carry everybody who crosses, agents by their thoughts and players by their acts; in between they give gold to each other. Meanwhile a process is killed with SIGKILL ${KILLS} times and started again: a host, both hosts at once, or a relay. With a host, its log loses what was written in the last ${LOST_MS} ms at most, as in a power cut; a kill alone would take back next to nothing. In half of these kills the relays are suspended until the host is back. After each restart the players, the minds and the relays are stopped, and both databases are read. At that moment each person must have exactly one copy that lives, is locked or is pending, and gold and goods must add up to what was founded. In the end everybody must live in exactly one region, and no row of a journey may be left. Kinds, times and losses of the kills follow from the seed ${SEED}.`,
  control:
    'The same world with relays that activate a traveller as soon as the region of arrival has accepted them, before the region of departure has let go, and that take every visible row for durable. The same check after such kills of a host must find people who are there twice or not at all.',
  figures: {
    wrong: count('People seen twice, or not at all', 'people'),
    doubled: count('People seen twice', 'people'),
    lost: count('People seen nowhere', 'people'),
    unbalanced: count('Moments at which gold or goods did not add up', 'moments'),
    open: count('Rows of journeys that never ended', 'rows'),
    astray: count('Players who could not act in exactly one region', 'players'),
    crossings: count('Borders crossed', 'crossings'),
    kills: count('Kills', 'kills'),
    cuts: count('Moments at which both regions were read', 'moments'),
    lived: count('Time under kills', 's'),
  },
  limits: ({ subject, control }) => [
    subject.wrong.never(),
    subject.unbalanced.never(),
    subject.open.never(),
    subject.astray.never(),
    subject.crossings.atLeast(CROSSINGS),
    subject.kills.exactly(KILLS),
    subject.cuts.exactly(KILLS + 1),
    full(subject.lived.atLeast((KILLS * EVERY_MS) / 1_000)),
    control.wrong.atLeast(1),
    control.unbalanced.atLeast(1),
  ],
  headline: ({ subject }) =>
    `${subject.crossings.value} crossings under ${KILLS} kills: ${subject.wrong.value} people doubled or lost`,
  async run({ lab, subject, control, tally }) {
    console.log(`border-once: ${KILLS} kills, SPELLKAVE_SEED=${SEED}`);
    await lab.call('pause_clock');
    // What people do takes numbers at times that differ from run to run, so the kills have a sequence to themselves.
    const [kills, lives] = [killsFrom(seeded(SEED)), seeded(SEED + 1)];
    const live = async () => {
      const world = await BorderWorld.open(lab, lives, { kind: 'product', waitMs: WAIT_MS });
      try {
        const killed = await liveUnder(kills, world, subject);
        tally('subject', 'killed', killed);
      } finally {
        await world.close();
      }
    };
    const breakIt = async () => {
      const world = await BorderWorld.open(lab, lives, { kind: 'eager' });
      try {
        await killUntilDamaged(world, control);
      } finally {
        await world.close();
      }
    };
    if (of(true, false)) await Promise.all([live(), breakIt()]);
    else await live().then(breakIt);
  },
});

type Counts = Record<
  'wrong' | 'doubled' | 'lost' | 'unbalanced' | 'open' | 'astray' | 'crossings' | 'kills' | 'cuts' | 'lived',
  { add: (...values: number[]) => void; added: number[][] }
>;

function see(counts: Counts, { doubled, lost, goods }: Cut): void {
  counts.cuts.add(1);
  counts.doubled.add(doubled.length);
  counts.lost.add(lost.length);
  counts.wrong.add(doubled.length + lost.length);
  counts.unbalanced.add(goods.length > 0 ? 1 : 0);
}

/** @returns how often each kind of process was killed */
async function liveUnder(kills: Kill[], world: BorderWorld, counts: Counts): Promise<Record<string, number>> {
  const killed: Record<string, number> = {};
  await until(async () => (await world.crossings()) >= FIRST.crossings, FIRST.withinMs, 200);
  const startedMs = performance.now();
  for (const { atMs, ...blow } of kills) {
    await sleep(Math.max(0, startedMs + atMs - performance.now()));
    see(counts, await world.strike(blow));
    counts.kills.add(1);
    killed[WORDS[blow.target]] = (killed[WORDS[blow.target]] ?? 0) + 1;
  }
  await sleep(EVERY_MS / 2);
  counts.lived.add((performance.now() - startedMs) / 1_000);
  const end = await world.settle();
  see(counts, end);
  counts.open.add(end.views.reduce((rows, { journeys }) => rows + journeys, 0));
  counts.astray.add(PLAYERS - (await world.life.playersInOnePlace()));
  counts.crossings.add(await world.crossings());
  return killed;
}

/** Kills one host after the other, each with the full loss, until the census has noticed it. */
async function killUntilDamaged(world: BorderWorld, counts: Counts): Promise<void> {
  const isDamaged = () => [counts.wrong, counts.unbalanced].every(({ added }) => added.flat().some((each) => each > 0));
  for (let kill = 0; kill < CONTROL_KILLS && !isDamaged(); kill++) {
    await sleep(CONTROL_EVERY_MS);
    const target = kill % 2 ? 'south' : 'north';
    see(counts, await world.strike({ target, lostMs: [CONTROL_LOST_MS, CONTROL_LOST_MS], isCutOff: true }));
    counts.kills.add(1);
  }
}

const WORDS: Record<Blow['target'], string> = {
  north: 'the host of the north',
  south: 'the host of the south',
  both: 'both hosts at once',
  relay: 'a relay',
};

interface Kill extends Blow {
  /** Since the beginning, in milliseconds. */
  atMs: number;
}

function killsFrom(random: () => number): Kill[] {
  return Array.from({ length: KILLS }, (_, kill) => ({
    atMs: (kill + of(0, 1) + (random() - 0.5) * of(0, 1)) * EVERY_MS,
    target: of(SHORT[kill], undefined) ?? (TARGETS[Math.floor(random() * TARGETS.length)] as Blow['target']),
    lostMs: [random() * LOST_MS, random() * LOST_MS],
    isCutOff: random() < 0.5,
  }));
}
