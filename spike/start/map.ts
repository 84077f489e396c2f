import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const key = z.string().regex(/^[a-z][a-z0-9-]*$/);
const text = z.string().min(1).max(500);
const count = z.int().nonnegative();

/** What an agent does without a mind: with the route that it walks, or the place where it starts. */
const Routine = z.union([
  z.strictObject({ Patrol: key }),
  z.strictObject({ Trade: key }),
  z.strictObject({ Wander: key }),
  z.strictObject({ Rest: key }),
]);

/** The shape of a map file. `found_world` checks that the keys fit together. */
const WorldMap = z.strictObject({
  name: text,
  goods: z.array(text),
  places: z.array(z.strictObject({ key, name: text, description: text })).min(1),
  exits: z.array(z.strictObject({ from: key, direction: text, to: key })),
  routes: z.array(z.strictObject({ key, stops: z.array(key) })),
  agents: z.array(
    z.strictObject({
      name: text,
      persona: text,
      routine: Routine,
      gold: count,
      holds: z.array(z.strictObject({ good: text, quantity: count.positive() })),
    }),
  ),
  stalls: z.array(z.strictObject({ place: key, keeper: text })),
  newcomers: z.strictObject({ place: key, gold_each: count, treasury: count }),
  /** Exits into other regions, by the number of the region and the name of the place there. */
  borders: z.array(z.strictObject({ from: key, direction: text, region: count, to: text })).default([]),
});
export type WorldMap = z.infer<typeof WorldMap>;

export const MAP_FILE = fileURLToPath(new URL('../world/map.json', import.meta.url));

/**
 * Reads a map file, ready to be the argument of `found_world`.
 * @throws Error naming the file and every field that is wrong
 */
export function readMap(file = MAP_FILE): WorldMap {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
  const parsed = WorldMap.safeParse(data);
  if (!parsed.success) throw new Error(`${file} is not a valid map:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
