import type { Account } from '../../spike/host/api.ts';
import { AWAY } from '../../spike/client/world-constants.ts';
import type { Lab } from '../harness/lab.ts';
import type { Run } from './timed-runs.ts';

/** The other region, which has sent so many travellers by now. */
const south = () => ({ id: 0, number: 1, name: 'South', epoch: 1, residents: 0, departures: journeys, routines: 0 });
/** Numbers of journeys, and ids of agents, that region 1 gives out in its first epoch. */
const FIRST_JOURNEY = 2 ** 45 + 2 ** 33;
const FIRST_VISITOR = 2 ** 24;

let journeys = 0;
let epoch = 1;

/**
 * Takes travellers over a border in both directions, with every reducer that a relay and an owner call for it. There is no
 * other region: the caller plays its part.
 * @param bodies players who stand at the newcomers' place, one for each crossing
 */
export async function crossBorders(lab: Lab, run: Run, relay: Account, bodies: Account[]): Promise<void> {
  const [world] = await lab.sql('SELECT newcomer_place FROM world');
  const place = Number(world?.['newcomer_place']);
  const [gate] = await lab.sql(`SELECT name FROM place WHERE id = ${place}`);
  if ((await lab.sql('SELECT * FROM border')).length === 0)
    await lab.sql(
      `INSERT INTO border (id, "from", direction, region, "to") VALUES (0, ${place}, 'over', 1, 'South Gate')`,
    );
  for (const body of bodies) {
    await run('greet', relay, south());
    await run('shut_border', relay, 1, 'it does not answer');
    await lab.callAs(relay, 'greet', south());
    await comeOver(run, relay, String(gate?.['name']));
    await goOver(lab, run, relay, body);
    await run('raise_epoch', lab.owner, ++epoch);
  }
}

async function comeOver(run: Run, relay: Account, gate: string): Promise<void> {
  const [number, agent] = [FIRST_JOURNEY + ++journeys, FIRST_VISITOR + journeys];
  const visitor = (id: number, hops: number) => ({
    agent: id,
    name: `Traveller ${id}`,
    persona: 'Comes from the south.',
    routine: { Wander: [] },
    hops,
    load: [{ good: 'gold', quantity: 1 }],
    player: { none: [] },
  });
  await run('admit', relay, number, gate, visitor(agent, 1));
  await run('activate', relay, number);
  await run('forget_arrival', relay, number);
  await run('supersede', relay, agent, 2, 1);
  await run('recover', relay, visitor(agent, 3), 'South');
}

async function goOver(lab: Lab, run: Run, relay: Account, body: Account): Promise<void> {
  for (const call of ['take_back', 'release']) {
    await lab.callAs(body, 'act', { Go: 'over' });
    const [departure] = await lab.sql('SELECT number FROM departure');
    const number = Number(departure?.['number']);
    if (call === 'take_back') await run('take_back', relay, number, 'no room');
    else await run('release', relay, number);
    if (call === 'release') await run('forget_departure', relay, number);
  }
  const [away] = await lab.sql(`SELECT id FROM agent WHERE place = ${AWAY}`);
  if (!away) throw new Error('nobody left, so what was timed did nothing');
}
