import { join } from 'node:path';
import { identityArgument } from '../host/api.ts';
import { startScript } from '../program.fixture.ts';
import { expect, test } from '../relay/border.fixture.ts';
import { readEvents } from './archive.ts';
import { search } from './query.ts';

const WINDOW_MS = 2_000;

test('one archivist keeps the past of two regions in one history, a journey included', async ({
  border,
  world,
  folder,
}) => {
  const { north, south, api } = border;
  const archivist = await api.createAccount();
  for (const region of [north, south]) {
    await region.call('grant_role', [identityArgument(archivist), { Archivist: [] }]);
    await region.call('set_tempo', [100, 60_000, 0]);
    await region.call('set_retention', [WINDOW_MS]);
    await region.call('resume_clock');
  }
  border.relay();
  for (const region of [north, south]) await expect.poll(() => region.sql('SELECT * FROM peer')).toHaveLength(1);
  const mira = await world.player('Mira');
  await north.call('act', [{ Say: 'Farewell.' }], mira);
  await north.call('act', [{ Go: 'over' }], mira);
  await expect.poll(() => south.sql("SELECT * FROM event WHERE kind = 'arrive'")).toHaveLength(1);
  await south.call('act', [{ Say: 'Good day.' }], mira);
  await south.call('act', [{ Go: 'over' }], mira);
  await expect.poll(() => north.sql("SELECT * FROM event WHERE kind = 'arrive' AND words = 'South'")).toHaveLength(1);

  const file = join(folder, 'archive.sqlite');
  const regions = [north, south].flatMap(({ database }) => ['--region', `${world.host.url}/${database}`]);
  const program = startScript('spike/archivist/main.ts', [...regions, '--file', file], {
    SPELLKAVE_TOKEN: archivist.token,
  });
  try {
    for (const region of [north, south])
      await expect.poll(() => region.sql('SELECT * FROM event'), { timeout: 15_000 }).toEqual([]);
  } finally {
    program.child.kill('SIGTERM');
  }
  expect(await program.ended).toBe(0);
  expect(
    search(file, { limit: 50 }).map(({ region, where, who, text }) => `${region}, ${where}: ${who} ${text}`),
  ).toEqual([
    'North, North Gate: Mira arrives',
    'North, North Gate: Mira says: Farewell.',
    'North, North Gate: Mira leaves over, over the border',
    'South, South Gate: Mira arrives from North',
    'South, South Gate: Mira says: Good day.',
    'South, South Gate: Mira leaves over, over the border',
    'North, North Gate: Mira arrives from South',
  ]);
  expect([readEvents(file, 0).length, readEvents(file, 1).length]).toEqual([4, 3]);

  const history = startScript('spike/archivist/history.ts', ['--file', file, '--region', 'south']);
  await history.ended;
  expect(history.output()).toMatch(/^\S+ \S+ {2}South: South Gate {2}Mira arrives from North\n/);
});
