import { expect, test } from '../fixture.ts';
import { archivedEventOfRow } from './archived-event.ts';
import { digest } from './digest.ts';

/** Events that the world takes in one call. */
const MAX_BATCH = 250;
const WINDOW_MS = 2_000;

test('a full batch leaves the world, and one event more is never passed over', async ({ world }) => {
  await world.call('set_tempo', [100, 60_000, 0]);
  await world.call('set_retention', [WINDOW_MS]);
  const archivist = await world.account('Archivist');
  const nils = await world.player('Nils');
  for (let event = 0; event < MAX_BATCH; event++) await world.call('act', [{ Wait: [] }], nils);
  const events = async () =>
    (await world.sql('SELECT * FROM event')).map(archivedEventOfRow).sort((a, b) => Number(a.id - b.id));
  const all = await events();
  expect(all).toHaveLength(MAX_BATCH + 1);
  const batch = all.slice(0, MAX_BATCH);
  const acknowledge = (last: number, count: number) =>
    world.call('acknowledge', [Number(all[last]?.id), count, digest(batch)], archivist);
  const isOld = async () => {
    const [{ now } = {}] = await world.sql('SELECT * FROM clock');
    return Number((now as [number])[0]) - Number(all.at(-1)?.at) > WINDOW_MS * 1_000;
  };
  await expect.poll(isOld).toBe(true);
  await expect(acknowledge(MAX_BATCH, MAX_BATCH)).rejects.toThrow(`the world has ${MAX_BATCH + 1}, not ${MAX_BATCH}`);
  await acknowledge(MAX_BATCH - 1, MAX_BATCH);
  expect(await events()).toEqual(all.slice(MAX_BATCH));
  expect((await world.sql('SELECT * FROM archive'))[0]).toMatchObject({ last: MAX_BATCH, archived: MAX_BATCH });
});
