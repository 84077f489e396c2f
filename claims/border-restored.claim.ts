import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { homeOf } from '../spike/client/world-constants.ts';
import { until } from '../spike/until.ts';
import type { Condition } from './condition.ts';
import { claim } from './harness/claim.ts';
import { count } from './harness/figures.ts';
import { of } from './harness/scale.ts';
import { hopsOf, purseOf } from './instruments/border-census.ts';
import { BorderWorld, type Cut } from './instruments/border-world.ts';
import { seeded } from './instruments/damage.ts';

const SEED = 20_261_126;
/** So many borders are crossed before the copy is made. */
const BEFORE = of(8, 60);
/** So many more before it is needed: some people have gone to the south and come back since, or the other way round. */
const SINCE = of(25, 150);
/** So many after the regions have reconciled, which shows that the border is open again. */
const AFTER = of(5, 60);
const CROSSED_WITHIN_MS = 60_000;
/** Most people stay for a while, so that a copy has residents to set back. */
const CROSSINGS_OF_TEN = of(5, 2);
/** A short run is in a hurry, and may be: a kill without a power cut takes back next to nothing. */
const WAIT_MS = of(300, 1_000);
const SOUTH = 1;
/** Each look stops the relays for a moment, so it must be rare enough that they wait to the end in between. */
const RECONCILED_EVERY_MS = 2.5 * WAIT_MS;
const RECONCILED_TRIES = 12;
/** Long enough that the relays would have reconciled the regions, if the border were open. */
const CONTROL_MS = 4 * WAIT_MS;
const SHUT_WITHIN_MS = 20_000;
const REMEDY = 'raise its epoch above';

claim('border-restored', {
  set: 'border',
  kind: 'checked',
  minutes: { quick: 3, full: 5 },
  quickRounds: 1,
  starts: ['spike/relay/main.ts'],
  why: 'A backup of one region is older than what the other one knows. A person who has crossed since then is in both, or in neither.',
  method: `Two regions with two players, sixty agents and two relays, as in border-once. The host of the south is killed and its folder copied; life goes on until people have crossed ${SINCE} more times, in both directions. Then that host is killed again, and the copy takes the place of its data. Its owner raises the epoch. When the relays have reconciled the two regions, everybody must live in exactly one of them, and no journey may be open. Nobody who was in the north may have lost anything. People in the south are set back to the copy, or to what they had when they last left the north; how many of them hold something else than before is counted.${of('', ' In a second part the south loses all of its data, and its owner publishes and founds it anew in a higher epoch. Travellers must be there once; its residents begin anew, and its players are gone.')}`,
  control:
    'The same copy takes the place of the data once more, and nobody raises the epoch. The north must shut its border and name the remedy, and somebody must be there twice or not at all.',
  figures: {
    doubled: count('People who lived in both regions', 'people'),
    lost: count('Travellers who lived in neither', 'people'),
    open: count('Rows of journeys that never ended', 'rows'),
    robbed: count('People of the north who held something else than before', 'people'),
    away: count('People who had crossed since the copy', 'people'),
    crossings: count('Borders crossed after the reconciliation', 'crossings'),
    wrong: count('People who lived in both regions, or in neither', 'people'),
    shut: count('Borders that were shut with the remedy', 'borders'),
  },
  limits: ({ subject, control }) => [
    subject.doubled.never(),
    subject.lost.never(),
    subject.open.never(),
    subject.robbed.never(),
    subject.away.atLeast(of(5, 20)),
    subject.crossings.atLeast(AFTER),
    control.wrong.atLeast(1),
    control.shut.exactly(1),
  ],
  headline: ({ subject }) =>
    `${subject.away.value} people had crossed since the copy: ${subject.doubled.value} doubled, ${subject.lost.value} lost`,
  async run({ lab, subject, control, under }) {
    await lab.call('pause_clock');
    const world = await BorderWorld.open(lab, seeded(SEED), {
      kind: 'product',
      waitMs: WAIT_MS,
      crossingsOfTen: CROSSINGS_OF_TEN,
    });
    const copy = join(world.folder, 'copy');
    try {
      await cross(world, BEFORE);
      await world.south.kill();
      world.south.copyTo(copy);
      await world.south.start();
      const atCopy = hopsOf((await world.cut()).views);
      await cross(world, SINCE);
      const restored = await fallBack(world, subject, atCopy, async () => {
        world.south.replaceData(copy);
        await world.south.start();
        await world.south.call('raise_epoch', 2);
      });
      under({
        name: 'restored',
        label: `The south restored from a copy, ${SINCE} crossings old`,
        figures: restored,
      });
      if (of(false, true)) {
        world.life.resume();
        await cross(world, SINCE);
        const emptied = await fallBack(world, subject, undefined, async () => {
          world.south.replaceData();
          await world.south.found(3);
        });
        under({ name: 'emptied', label: 'The south without its data, founded anew', figures: emptied });
      }
      world.life.resume();
      subject.crossings.add(await cross(world, AFTER));
      await world.south.kill();
      world.south.replaceData(copy);
      await world.south.start();
      await world.life.pause();
      const isShut = async () => String((await world.north.sql('SELECT * FROM peer'))[0]?.['shut']).includes(REMEDY);
      await until(isShut, SHUT_WITHIN_MS, 100);
      await sleep(CONTROL_MS);
      const { views, doubled, lost } = await world.cut();
      control.wrong.add(doubled.length + lost.length);
      control.shut.add(views.filter(({ shut }) => shut.includes(REMEDY)).length);
    } finally {
      await world.close();
    }
  },
});

type Counts = Record<'doubled' | 'lost' | 'open' | 'robbed' | 'away', { add: (...values: number[]) => void }>;

/**
 * Kills the south, lets it come back as something older, and counts what became of everybody.
 * @returns what its people have lost
 */
async function fallBack(
  world: BorderWorld,
  counts: Counts,
  hopsThen: Map<number, number> | undefined,
  comeBack: () => Promise<void>,
): Promise<Condition['figures']> {
  await world.life.pause();
  const before = await world.cut();
  const [north, south] = before.views;
  const wasIn = (view: typeof north, agent: number) => view?.living.includes(agent) ?? false;
  const isErased = (agent: number) => homeOf(agent) === SOUTH && !wasIn(north, agent);
  await world.south.kill();
  await comeBack();
  let after = await world.settle();
  const isReconciled = () => disagreements(after).every(isErased);
  for (let tries = 0; tries < RECONCILED_TRIES && !isReconciled(); tries++) {
    await sleep(RECONCILED_EVERY_MS);
    after = await world.settle();
  }
  const holdsOther = (agent: number) => purseOf(before.views, agent) !== purseOf(after.views, agent);
  counts.doubled.add(after.doubled.length);
  counts.lost.add(after.lost.filter((agent) => !isErased(agent)).length);
  counts.open.add(after.views.reduce((rows, { journeys }) => rows + journeys, 0));
  counts.robbed.add(world.people.filter((agent) => wasIn(north, agent) && holdsOther(agent)).length);
  const hasCrossed = ([agent, hops]: [number, number]) => hops > (hopsThen?.get(agent) ?? 0);
  if (hopsThen) counts.away.add([...hopsOf(before.views)].filter(hasCrossed).length);
  const people = (name: string, label: string, is: (agent: number) => boolean) => ({
    name,
    label,
    value: world.people.filter(is).length,
    unit: 'people',
  });
  return [
    people('in-the-south', 'Were in the south at the kill', (agent) => wasIn(south, agent)),
    people('on-the-way', 'Were on the way at the kill', (agent) => !wasIn(north, agent) && !wasIn(south, agent)),
    people(
      'set-back',
      'Were in the south and held something else afterwards',
      (agent) => wasIn(south, agent) && holdsOther(agent),
    ),
    people(
      'erased',
      'Were players of the south, and are gone',
      (agent) => after.lost.includes(agent) && isErased(agent),
    ),
  ];
}

/** Of whom the two regions know different things: somebody who is not on the way has crossed as often for both. */
function disagreements({ views: [north, south] }: Cut): number[] {
  const known = [...new Set([...(north?.hops.keys() ?? []), ...(south?.hops.keys() ?? [])])];
  return known.filter((agent) => north?.hops.get(agent) !== south?.hops.get(agent));
}

/** Waits until so many more borders have been crossed. @returns how many it were */
async function cross(world: BorderWorld, times: number): Promise<number> {
  const before = await world.crossings();
  let crossed = 0;
  await until(async () => (crossed = (await world.crossings()) - before) >= times, CROSSED_WITHIN_MS, 200);
  return crossed;
}
