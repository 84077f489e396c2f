import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from 'playwright/test';
import { PageSql, Session, statementsOf } from './page-sql.fixture.ts';
import { startPostgres, type Postgres } from './postgres.ts';

const PAGE = 'src/content/docs/reference/postgresql.md';
const DATABASE = 'page';
/** Two places, a route between them, and six agents who walk it. */
const PEOPLE = `
insert into place values (0, 'Gate'), (1, 'Market');
insert into exit values (0, 'north', 1), (1, 'south', 0);
insert into route values (0, '{0,1}');
insert into agent select id, 0, 0, 0 from generate_series(0, 5) as id;
`;

/** The page names roles, which belong to the whole server; so all that it shows runs once, in one database. */
const test = base.extend<{ postgres: Postgres; connect: (user?: string) => Promise<Session> }>({
  postgres: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'spellkave-page-'));
    try {
      const first = await startPostgres({ synchronousCommit: 'on', folder });
      const session = await Session.open(await first.create(DATABASE));
      // For the replication slot; it takes effect with the next start.
      await session.run("alter system set wal_level = 'logical';");
      await session.close();
      await first.stop();
      const postgres = await startPostgres({ synchronousCommit: 'on', folder });
      await use(postgres);
      await postgres.stop();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  connect: async ({ postgres }, use) => {
    const sessions: Session[] = [];
    await use(async (user) => {
      const url = new URL(postgres.urlOf(DATABASE));
      if (user) [url.username, url.password] = [user, user];
      const session = await Session.open(url.href);
      sessions.push(session);
      return session;
    });
    for (const session of sessions) await session.close();
  },
});

/** The sessions that the page speaks of: the owner's, and two thinkers'. */
interface Town {
  page: PageSql;
  owner: Session;
  odo: Session;
  mira: Session;
  /** Another session of the owner. */
  another: () => Promise<Session>;
}

async function clock({ page, owner, another }: Town): Promise<void> {
  const clock = page.next('The clock');
  expect(await owner.run(clock)).toEqual([{ pg_try_advisory_lock: true }]);
  const other = await another();
  expect(await other.run(statementsOf(clock).at(-1) ?? '')).toEqual([{ pg_try_advisory_lock: false }]);
  await owner.run(`insert into clock values (0, 0, 1, clock_timestamp() - interval '350 ms', interval '100 ms');`);
  const tick = page.next('The clock');
  expect(await owner.run(tick, 1, 0, 3)).toMatchObject([{ tick: '1' }]);
  expect(await owner.run('select next_tick, skipped from clock;')).toEqual([{ next_tick: '5', skipped: '3' }]);
  expect(await countOf(owner, 'agent where place = 1 and step = 1')).toBe(3);
  const [begin = '', advance = ''] = statementsOf(tick);
  expect(await owner.run(begin + advance, 1)).toEqual([]);
  await owner.run('rollback;');
}

async function asking({ page, owner, another }: Town): Promise<void> {
  await owner.run(page.next('Asking once'));
  await owner.run(
    `insert into think_request (agent, priority, deadline) select id, 'reflection', now() + interval '120 s' from agent;`,
  );
  const ask = page.next('Asking once');
  const other = await another();
  await Promise.all([owner, other].map((session) => session.run(ask, 0, '{"question": "Well?"}')));
  expect(await owner.run('select priority from think_request where agent = 0;')).toEqual([{ priority: 'question' }]);
  expect(await countOf(owner, 'think_context')).toBe(1);
  await owner.run(ask, 1, '{}');
}

async function leasing({ page, owner, odo, mira }: Town): Promise<void> {
  await owner.run(`
create function lease(most int) returns table (request bigint, of_agent int, epoch bigint)
language sql security definer set search_path = world, pg_temp as $$
${page.next('Lease').replace(/;\s*$/, '').replace('$1', 'most')}
$$;`);
  await odo.run('begin;');
  const first = await odo.run('select * from lease(2);');
  expect(first.map(({ of_agent, epoch }) => [of_agent, epoch]).sort()).toEqual([
    [0, '1'],
    [1, '1'],
  ]);
  expect(await mira.run('select * from lease(9);')).toHaveLength(4);
  await odo.run('commit;');
  expect(await countOf(owner, `think_request where state = 'leased' and lease_owner = 'odo'`)).toBe(2);
}

async function fencing({ page, owner, odo, mira }: Town): Promise<void> {
  await owner.run(page.next('Fencing, and applying in one transaction'));
  const [row] = await owner.run('select id from think_request where agent = 1;');
  const submit = (epoch: number, direction: string) =>
    `select submit_go(${Number(row?.['id'])}, ${epoch}, '${direction}');`;
  await expect(mira.run(submit(1, 'south'))).rejects.toThrow('is not leased to you at epoch 1');
  await expect(odo.run(submit(0, 'south'))).rejects.toThrow('is not leased to you at epoch 0');
  await expect(odo.run(submit(1, 'up'))).rejects.toThrow('no exit leads "up" from here');
  await expect(odo.run('update agent set place = 0;')).rejects.toThrow('permission denied');
  expect(await countOf(owner, `think_request where agent = 1 and state = 'leased'`)).toBe(1);
  await odo.run(submit(1, 'south'));
  await odo.run(submit(1, 'south'));
  expect(await owner.run('select place from agent where id = 1;')).toEqual([{ place: 0 }]);
  expect(await countOf(owner, `think_request where agent = 1 and state = 'done'`)).toBe(1);
}

async function reaping({ page, owner }: Town): Promise<void> {
  await owner.run(`
update think_request set lease_end = now() - interval '1 s' where agent in (2, 3);
update think_request set attempts = 2 where agent = 3;
update think_request set deadline = now() - interval '1 s' where agent = 4;
`);
  await owner.run(page.next('Leases, deadlines, dead requests'));
  expect(await owner.run('select state from think_request where agent in (2, 3, 4) order by agent;')).toEqual([
    { state: 'pending' },
    { state: 'dead' },
    { state: 'expired' },
  ]);
}

async function seeing({ page, owner, odo, mira }: Town): Promise<void> {
  await owner.run(page.next('Visibility'));
  expect(await odo.run('select count(*) as n from think_context;')).toEqual([{ n: '2' }]);
  expect(await mira.run('select count(*) as n from think_context;')).toEqual([{ n: '0' }]);
}

async function hearing({ page, owner, mira }: Town): Promise<void> {
  await owner.run(page.next('Events and archive'));
  await owner.run(page.next('Live updates'));
  await owner.run(page.next('Live updates'));
  await mira.run('listen event;');
  await owner.run(`insert into event (at, tick, place, agent, text) values ('2026-11-22 12:00Z', 1, 0, 0, 'Hello.');`);
  await expect.poll(() => mira.run('select 1;').then(() => mira.notified)).toEqual(['1']);
  await owner.run('update agent set step = 0 where id = 5;');
  const peek = `pg_logical_slot_peek_binary_changes('world_feed', null, null, 'proto_version', '1', 'publication_names', 'world_feed')`;
  expect(await countOf(owner, `${peek} where get_byte(data, 0) in (ascii('I'), ascii('U'))`)).toBe(2);
}

async function keeping({ page, owner }: Town): Promise<void> {
  await owner.run(page.next('Events and archive'));
  expect(await countOf(owner, 'event')).toBe(0);
  await owner.run(page.next('Durability and backups'));
  await owner.run(page.next('Schema changes'));
  expect(await owner.run('select distinct mood from agent;')).toEqual([{ mood: 'calm' }]);
}

async function countOf(session: Session, what: string): Promise<number> {
  return Number((await session.run(`select count(*) as n from ${what};`))[0]?.['n']);
}

/** In the order of the page: each goes on where the one before it ended. */
const STEPS: [fact: string, step: (town: Town) => Promise<void>][] = [
  ['one session is the clock; a late tick skips due times, and a repeated one is noticed', clock],
  ['two sessions that ask one agent at once open one question, which replaces a reflection', asking],
  ['two thinkers lease at once, questions first, and neither waits for the other', leasing],
  ['an answer acts once, for the holder and its epoch, and a refusal undoes all of it', fencing],
  ['an expired lease is pending again, the last one is dead, and a deadline ends a request', reaping],
  ['a thinker reads the contexts of its own leases alone', seeing],
  ['an event is notified at its commit, and the log has every change of a published table', hearing],
  ['old events go as a whole partition, a tick may wait for no disk, and a column is added in use', keeping],
];

test('the SQL of the page runs on the pinned PostgreSQL, and each mechanism does what the page says', async ({
  connect,
}) => {
  const page = new PageSql(PAGE);
  const owner = await connect();
  await owner.run(page.next('Rules and the contract'));
  await owner.run(PEOPLE);
  for (const name of ['odo', 'mira']) await owner.run(`create role ${name} login password '${name}' in role thinker;`);
  const town: Town = { page, owner, odo: await connect('odo'), mira: await connect('mira'), another: () => connect() };
  for (const [fact, step] of STEPS) await test.step(fact, () => step(town));
  expect(page.left).toEqual([]);
});
