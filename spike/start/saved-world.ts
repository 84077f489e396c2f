import { existsSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../client/whole-file.ts';

const Account = z.strictObject({ identity: z.string(), token: z.string() });

/** The part of a world that the host does not save itself: who owns and serves it, and which module it runs. */
const SavedWorld = z.strictObject({
  owner: Account,
  thinker: Account,
  /** Absent in a world that was saved before archivists existed. */
  archivist: Account.optional(),
  /** Absent in a world of one region. */
  relay: Account.optional(),
  /** Of the module that the world runs; empty before the first one is published. */
  module: z.string(),
  founded: z.boolean(),
  /** All regions of the world, in the order of their numbers; only in the folder of the first. Absent when it is the only one. */
  regions: z.array(z.strictObject({ name: z.string(), founded: z.boolean() })).optional(),
  /** The name of the region, in the folder of any but the first. */
  region: z.string().optional(),
});
export type SavedWorld = z.infer<typeof SavedWorld>;

const FILE = 'world.json';

/** @throws Error when the file is there but damaged */
export function loadWorld(folder: string): SavedWorld | undefined {
  const file = join(folder, FILE);
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw damaged(file, (error as Error).message);
  }
  const parsed = SavedWorld.safeParse(data);
  if (!parsed.success) throw damaged(file, z.prettifyError(parsed.error));
  return parsed.data;
}

function damaged(file: string, reason: string): Error {
  return new Error(`${file} is damaged; \`npm start -- --new-world\` moves the world aside:\n${reason}`);
}

/** The file holds the owner's token: anyone who reads it owns the world, and without it nobody does. */
export function saveWorld(folder: string, world: SavedWorld): void {
  const file = join(folder, FILE);
  const text = `${JSON.stringify(world, null, 2)}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  writeWhole(file, text);
}

/** The worlds that were moved out of the way of this one. */
export function setAsideOf(folder: string): string[] {
  const above = dirname(folder);
  return readdirSync(above, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.startsWith(`${basename(folder)}-until-`))
    .map(({ name }) => join(above, name));
}

/** Moves a world out of the way and deletes nothing. @returns its new folder, or undefined when there was no world */
export function setAside(folder: string, now = new Date()): string | undefined {
  if (!existsSync(folder)) return undefined;
  const aside = `${folder}-until-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
  renameSync(folder, aside);
  return aside;
}
