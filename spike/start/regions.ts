import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { divide } from './division.ts';
import { readMap } from './map.ts';
import { DATABASE, UNDIVIDED, type Region } from './region.ts';

/** How the map is divided among regions. `divide` checks that it fits the map. */
const Division = z.strictObject({
  regions: z.array(
    z.strictObject({
      // It is the end of a database's name and a folder's.
      name: z.string().regex(/^[A-Z][A-Za-z]{0,29}$/, 'use a capital and up to 29 more letters, such as Shore'),
      newcomers: z.string({ error: 'name the place where newcomers of the region begin, by its key' }),
      places: z.array(z.string()).min(1),
      routes: z.array(z.strictObject({ key: z.string(), stops: z.array(z.string()).min(2) })).default([]),
    }),
  ),
});

/** The file that divides the map among so many regions. */
export const divisionFile = (count: number) =>
  fileURLToPath(new URL(`../world/regions-${count}.json`, import.meta.url));

/**
 * The regions of a world, each with its part of the map. A world of one region has the whole map, and no name for it.
 * @param count how many regions
 * @param file divides the map among them
 * @throws Error that names the file, the value, the rule and the fix
 */
export function readRegions(count: number, file = divisionFile(count), map = readMap): Region[] {
  if (count === 1) return [UNDIVIDED];
  if (!existsSync(file)) throw new Error(`--regions ${count} needs ${file}, which does not exist: write it, or use 2.`);
  const { regions } = readDivision(file);
  if (regions.length !== count)
    throw new Error(
      `${file} names ${regions.length} regions, and --regions ${count} needs ${count}: add or remove some.`,
    );
  try {
    const maps = divide(map(), regions);
    return regions.map(({ name }, number) => ({
      number,
      name,
      database: number === 0 ? DATABASE : `${DATABASE}-${name.toLowerCase()}`,
      map: maps[number]!,
    }));
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}.`, { cause: error });
  }
}

function readDivision(file: string): z.infer<typeof Division> {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
  const parsed = Division.safeParse(data);
  if (!parsed.success) throw new Error(`${file} divides no map:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
