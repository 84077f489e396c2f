import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import type { Region } from './region.ts';
import { readRegions } from './regions.ts';
import { checkSavedRegions, folderOf, noteFounded } from './saved-regions.ts';
import { loadWorld, saveWorld, type SavedWorld } from './saved-world.ts';

const account = (name: string) => ({ identity: name, token: `${name}-token` });
const WORLD: SavedWorld = { owner: account('a'), thinker: account('b'), module: 'm', founded: true };
const [ONE, TWO] = [readRegions(1), readRegions(2)];

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spellkave-saved-regions-'));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

function save(region: Region, world: SavedWorld): void {
  const own = folderOf(folder, region);
  mkdirSync(join(own, 'data'), { recursive: true });
  saveWorld(own, world);
}

/** A world whose two regions were both founded. */
function saveBoth(): void {
  save(TWO[0]!, { ...WORLD, regions: TWO.map(({ name }) => ({ name, founded: false })) });
  save(TWO[1]!, { ...WORLD, region: 'Shore' });
  for (const region of TWO) noteFounded(folder, region);
}

test('a new world, a saved one and an interrupted start are in order', () => {
  checkSavedRegions(folder, TWO);
  save(TWO[0]!, { ...WORLD, regions: TWO.map(({ name }) => ({ name, founded: false })) });
  checkSavedRegions(folder, TWO);
  saveBoth();
  checkSavedRegions(folder, TWO);
  expect(loadWorld(folder)?.regions).toEqual([
    { name: 'Town', founded: true },
    { name: 'Shore', founded: true },
  ]);
});

test('a saved world of another number of regions is refused with both ways out', () => {
  save(ONE[0]!, WORLD);
  expect(() => checkSavedRegions(folder, TWO)).toThrow(
    `The world in ${folder} has one region: start it with --regions 1, or found another with --new-world.`,
  );
  saveBoth();
  expect(() => checkSavedRegions(folder, ONE)).toThrow(
    `The world in ${folder} has 2 regions: start it with --regions 2, or found another with --new-world.`,
  );
});

test('regions that are called otherwise now are refused', () => {
  saveBoth();
  expect(() => checkSavedRegions(folder, [TWO[0]!, { ...TWO[1]!, name: 'Coast' }])).toThrow(
    'has the regions Town, Shore, not Town, Coast: name them so, or use --new-world.',
  );
});

test('a founded region that is gone is named, and never founded a second time', () => {
  for (const lost of ['shore', 'shore/data', 'shore/world.json']) {
    saveBoth();
    rmSync(join(folder, lost), { recursive: true });
    expect(() => checkSavedRegions(folder, TWO)).toThrow(
      `The region Shore of the world in ${folder} is missing (${join(folder, lost === 'shore' ? 'shore/world.json' : lost)}): put it back from a copy`,
    );
  }
  saveBoth();
  rmSync(join(folder, 'world.json'));
  expect(() => checkSavedRegions(folder, TWO)).toThrow('The region Town of the world in');
});

test("another world's region, and a region alone, are refused", () => {
  saveBoth();
  expect(() => checkSavedRegions(join(folder, 'shore'), ONE)).toThrow(
    'holds the region Shore alone: name the folder above it with --world.',
  );
  save(TWO[1]!, { ...WORLD, owner: account('c'), region: 'Shore' });
  expect(() => checkSavedRegions(folder, TWO)).toThrow(
    `belongs to another world than ${folder}: put its own folder back`,
  );
});
