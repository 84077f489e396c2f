import { expect, test } from '../fixture.ts';
import type { Account } from '../host/api.ts';
import { readMap } from '../start/map.ts';

const SCHEDULE = { scheduled_id: 0, scheduled_at: { Interval: [1_000_000] } };
const SOMEBODY = [`0x${'7'.repeat(64)}`];

/** Every reducer of the world, who may call it, and arguments that the host accepts. */
const RIGHTS: Record<string, { may: string[]; args: unknown[]; refusal?: string }> = {
  found_world: { may: ['owner'], args: [readMap()] },
  grant_role: { may: ['owner'], args: [SOMEBODY, { Player: [] }] },
  revoke_role: { may: ['owner'], args: [SOMEBODY] },
  pause_clock: { may: ['owner'], args: [] },
  resume_clock: { may: ['owner'], args: [] },
  set_tempo: { may: ['owner'], args: [100, 30, 0] },
  set_retention: { may: ['owner'], args: [120_000] },
  set_mind_policy: { may: ['owner'], args: [{ Normal: [] }, 600] },
  lease: { may: ['thinker'], args: [1] },
  submit: { may: ['thinker'], args: [1, 1, { Wait: [] }] },
  give_back: { may: ['thinker'], args: [1, 1, 'no words', 0] },
  acknowledge: { may: ['archivist'], args: [1, 1, ''] },
  act: { may: ['player'], args: [{ Wait: [] }] },
  ask: { may: ['player'], args: [0, 'Well?'] },
  join: { may: ['player', 'stranger'], args: ['Olaf'], refusal: 'cannot be a player too' },
  tick: { may: [], args: [{ ...SCHEDULE, number: 1_000_000, due: [0] }] },
  watchdog: { may: [], args: [SCHEDULE] },
  reap: { may: [], args: [SCHEDULE] },
};
/** The host calls these; whether it lets anybody else is asked below. */
const LIFECYCLE = ['init', 'client_connected', 'client_disconnected'];
const NOT_YOURS = /only the role \w+ may|only the world's own scheduler may/;

test('every reducer is in the table of rights', async ({ world }) => {
  const response = await fetch(`${world.host.url}/v1/database/${world.database}/schema?version=9`);
  const { reducers } = (await response.json()) as { reducers: { name: string }[] };
  expect(reducers.map(({ name }) => name).sort()).toEqual([...Object.keys(RIGHTS), ...LIFECYCLE].sort());
});

test('every reducer answers those who may call it, and refuses all others with a reason', async ({ world }) => {
  const people: Record<string, Account> = {
    player: await world.player('Nils'),
    thinker: await world.account('Thinker'),
    archivist: await world.account('Archivist'),
    owner: world.owner,
    stranger: await world.account(),
  };
  for (const [reducer, { may, args, refusal }] of Object.entries(RIGHTS)) {
    for (const [role, account] of Object.entries(people)) {
      const said = await world.call(reducer, args, account).then(
        () => 'done',
        (error: Error) => error.message,
      );
      const what = `${reducer} by ${role}: ${said}`;
      if (may.includes(role)) expect(said, what).not.toMatch(refusal ?? NOT_YOURS);
      else expect(said, what).toMatch(refusal ?? NOT_YOURS);
    }
  }
});

for (const reducer of LIFECYCLE) {
  test(`${reducer} is the host's to call, not even the owner's`, async ({ world }) => {
    await expect(world.call(reducer)).rejects.toThrow("can't directly call special");
  });
}

test('a role that is revoked is gone at once, and an owner keeps their own', async ({ world }) => {
  const thinker = await world.account('Thinker');
  await world.call('lease', [1], thinker);
  await world.call('revoke_role', [[`0x${thinker.identity}`]]);
  await expect(world.call('lease', [1], thinker)).rejects.toThrow('only the role Thinker may lease');
  await expect(world.call('revoke_role', [[`0x${thinker.identity}`]])).rejects.toThrow('holds no role');
  await expect(world.call('revoke_role', [[`0x${world.owner.identity}`]])).rejects.toThrow(
    'an owner cannot change their own role',
  );
});

test('private tables are closed to strangers and players', async ({ world }) => {
  const readers = [await world.account(), await world.player('Nils')];
  for (const table of ['session', 'think_queue', 'think_budget', 'tick_schedule', 'watchdog_schedule', 'reap_schedule'])
    for (const reader of readers)
      await expect(world.host.api.sql(world.database, `SELECT * FROM ${table}`, reader)).rejects.toThrow(
        `\`${table}\` is not a valid table`,
      );
});
