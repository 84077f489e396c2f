import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Region } from './region.ts';
import { loadWorld, saveWorld } from './saved-world.ts';

/** Where a region is saved: the first in the world's folder itself, as an undivided world, and the others in folders there. */
export function folderOf(world: string, { number, name }: Pick<Region, 'number' | 'name'>): string {
  return number === 0 ? world : join(world, name.toLowerCase());
}

/**
 * Checks that a saved world has these regions, and that none of them is missing.
 * @param folder of the world
 * @throws Error that names the world, what it has and the fix
 */
export function checkSavedRegions(folder: string, regions: Region[]): void {
  const world = loadWorld(folder);
  if (world?.region)
    throw new Error(`${folder} holds the region ${world.region} alone: name the folder above it with --world.`);
  if (!world) {
    const orphan = regions.slice(1).find((region) => existsSync(join(folderOf(folder, region), 'world.json')));
    if (orphan) throw missing(folder, regions[0]!, join(folder, 'world.json'));
    return;
  }
  const saved = world.regions ?? [{ name: '', founded: world.founded }];
  if (saved.length !== regions.length)
    throw new Error(
      `The world in ${folder} has ${saved.length === 1 ? 'one region' : `${saved.length} regions`}: ` +
        `start it with --regions ${saved.length}, or found another with --new-world.`,
    );
  const [had, has] = [saved, regions].map((each) => each.map(({ name }) => name).join(', '));
  if (had !== has)
    throw new Error(`The world in ${folder} has the regions ${had}, not ${has}: name them so, or use --new-world.`);
  for (const [number, { name, founded }] of saved.entries()) {
    const own = folderOf(folder, { number, name });
    const lost = ['world.json', 'data'].map((part) => join(own, part)).find((part) => !existsSync(part));
    if (number > 0 && founded && lost) throw missing(folder, { name }, lost);
    if (number > 0 && founded && loadWorld(own)?.owner.identity !== world.owner.identity)
      throw new Error(`${own} belongs to another world than ${folder}: put its own folder back from a copy.`);
  }
}

function missing(folder: string, { name }: { name: string }, what: string): Error {
  return new Error(
    `The region ${name} of the world in ${folder} is missing (${what}): put it back from a copy, ` +
      'because it alone knows who lives there, or found another world with --new-world.',
  );
}

/** Notes in the world's folder that a region is founded, so that its loss shows at the next start. */
export function noteFounded(folder: string, { name }: Region): void {
  const world = loadWorld(folder);
  const regions = world?.regions?.map((each) => (each.name === name ? { ...each, founded: true } : each));
  if (world && regions) saveWorld(folder, { ...world, regions });
}
