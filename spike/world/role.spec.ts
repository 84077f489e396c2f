import { readFileSync } from 'node:fs';
import { expect, test } from '../fixture.ts';
import type { Account } from '../host/api.ts';
import type { Contract } from '../host/contract.ts';
import { LIFECYCLE, REDUCERS, type Caller } from './reducers.fixture.ts';

const NOT_YOURS = /only the role \w+ may|only the world's own scheduler may/;

test('the table of reducers and the contract have the same reducers with as many arguments', () => {
  const { reducers } = JSON.parse(readFileSync('spike/world/contract.json', 'utf8')) as Contract;
  const arities = REDUCERS.map(({ name, args }) => [name, args.length]);
  const expected = Object.entries(reducers).map(([name, args]) => [name, args.length]);
  expect(Object.fromEntries(arities)).toEqual(Object.fromEntries(expected));
});

test('the host has the reducers of the table and nothing else', async ({ world }) => {
  const response = await fetch(`${world.host.url}/v1/database/${world.database}/schema?version=9`);
  const { reducers } = (await response.json()) as { reducers: { name: string }[] };
  expect(reducers.map(({ name }) => name).sort()).toEqual([...REDUCERS.map(({ name }) => name), ...LIFECYCLE].sort());
});

test('every reducer answers those who may call it, and refuses all others with a reason', async ({ world }) => {
  const people: Record<Exclude<Caller, 'scheduler'>, Account> = {
    player: await world.player('Nils'),
    thinker: await world.account('Thinker'),
    archivist: await world.account('Archivist'),
    relay: await world.account('Relay'),
    owner: world.owner,
    stranger: await world.account(),
  };
  for (const { name: reducer, may, args, refusal } of REDUCERS) {
    for (const [role, account] of Object.entries(people)) {
      const said = await world.call(reducer, args, account).then(
        () => 'done',
        (error: Error) => error.message,
      );
      const what = `${reducer} by ${role}: ${said}`;
      if (may.includes(role as Caller)) expect(said, what).not.toMatch(refusal ?? NOT_YOURS);
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
  for (const table of [
    'session',
    'said',
    'think_queue',
    'think_budget',
    'tick_schedule',
    'watchdog_schedule',
    'reap_schedule',
  ])
    for (const reader of readers)
      await expect(world.host.api.sql(world.database, `SELECT * FROM ${table}`, reader)).rejects.toThrow(
        `\`${table}\` is not a valid table`,
      );
});
