import { parseArgs } from 'node:util';
import { readMap } from '../../start/map.ts';
import { found, populate } from '../world/founding.ts';
import { survey } from '../world/geography.ts';
import { holdingsOf, type World } from '../world/state.ts';
import { nowMicros } from './now.ts';

const PERIOD_MS = 100;

/** What the arms that only tick and send are started with. */
export interface Load {
  /** A founded world in which nobody asks for thoughts. */
  world: World;
  /** Of PostgreSQL, or empty. */
  database: string;
  durability: 'on' | 'off';
}

/** Reads `--living N --act-every N --purse N [--database URL] [--durability on|off]`. */
export function readLoad(args: string[]): Load {
  const { values } = parseArgs({
    args,
    options: {
      living: { type: 'string', default: '0' },
      'act-every': { type: 'string', default: '1' },
      purse: { type: 'string', default: '0' },
      database: { type: 'string', default: '' },
      durability: { type: 'string', default: 'off' },
      'end-with-stdin': { type: 'boolean', default: false },
    },
  });
  const tempo = { periodMs: PERIOD_MS, actEvery: Number(values['act-every']), reflectEvery: 0 };
  const world = found(survey(readMap()), nowMicros(), tempo);
  populate(world, Number(values.living));
  const purse = Number(values.purse);
  if (purse > 0) for (const { holder, good } of holdingsOf(world)) world.purses.set(holder, good, purse);
  return { world, database: values.database, durability: values.durability === 'on' ? 'on' : 'off' };
}
