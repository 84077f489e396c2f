import type { BusyWorld } from './busy.ts';
import { killHost } from './host-process.ts';
import { closedCopy, openWorld } from './opening.ts';
import { faultsOf } from './soundness.ts';

/** Each breaks one rule of a sound world, by hand in place of a reducer. */
const ALTERATIONS = [
  (holding: number) => `UPDATE holding SET quantity = 1000000 WHERE id = ${holding}`,
  () => 'UPDATE agent SET place = 9999 WHERE id = 3',
  () => 'DELETE FROM event WHERE request > 0',
];

/**
 * Opens a copy of a stopped world and alters it step by step.
 * @returns how many faults it had before, and how many alterations were found
 */
export async function alterationsFound(world: BusyWorld, folder: string): Promise<{ before: number; found: number }> {
  const opening = await openWorld(closedCopy(world.lab, folder));
  if (opening.outcome !== 'opened') throw new Error(`the undamaged copy is not opened: ${opening.outcome}`);
  const opened = opening.world;
  try {
    const before = (await faultsOf(opened, world.known)).length;
    const [holding] = await opened.sql('SELECT id FROM holding');
    let [faults, found] = [before, 0];
    for (const alteration of ALTERATIONS) {
      await opened.sql(alteration(Number(holding?.['id'])));
      const now = (await faultsOf(opened, world.known)).length;
      if (now > faults) found++;
      faults = now;
    }
    return { before, found };
  } finally {
    await killHost(opened.host);
  }
}
