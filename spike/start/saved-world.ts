import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Account = z.strictObject({ identity: z.string(), token: z.string() });

/** What a world needs beside the host's own data, to go on where it stopped. */
const SavedWorld = z.strictObject({
  owner: Account,
  thinker: Account,
  /** Absent in a world that was saved before there was one. */
  archivist: Account.optional(),
  /** Of the module that the world runs; empty before the first one is published. */
  module: z.string(),
  founded: z.boolean(),
});
export type SavedWorld = z.infer<typeof SavedWorld>;

const FILE = 'world.json';

/** @throws Error when the file is there and not what was written */
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

/** Whoever reads this file owns the world, so only its user may; without it nobody does, so it is replaced as a whole. */
export function saveWorld(folder: string, world: SavedWorld): void {
  const file = join(folder, FILE);
  const text = `${JSON.stringify(world, null, 2)}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Moves a world out of the way; nothing is deleted. @returns its new folder, or nothing when there was none */
export function setAside(folder: string, now = new Date()): string | undefined {
  if (!existsSync(folder)) return undefined;
  const aside = `${folder}-until-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
  renameSync(folder, aside);
  return aside;
}
