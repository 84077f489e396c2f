import { expect, test } from '../fixture.ts';
import { startHost } from '../host/host.ts';
import { buildModule } from '../host/module.ts';
import { readMap } from '../start/map.ts';
import { connect, type Status } from './connect.ts';
import { memoryTokens } from './token-store.ts';

test('reconnects after a host restart with the same identity, and receives new ticks', async ({ binary, folder }) => {
  const module = await buildModule('production', console.log);
  const first = await startHost({ binary, folder });
  const owner = await first.api.createAccount();
  await first.api.publish('w', module.wasm, owner);
  await first.api.call('w', 'found_world', [readMap()], owner);

  const statuses: Status[] = [];
  const tokens = memoryTokens();
  const link = connect({
    url: first.url,
    database: 'w',
    tokens,
    queries: ['SELECT * FROM place'],
    onStatus: (status) => statuses.push(status),
  });
  await link.firstLive;
  const token = tokens.load();
  await first.stop();
  await expect.poll(() => statuses.map(({ state }) => state)).toContain('lost');
  expect(link.db).toBeUndefined();

  const second = await startHost({ binary, folder, port: first.port });
  try {
    await expect.poll(() => statuses.filter(({ state }) => state === 'live').length, { timeout: 20_000 }).toBe(2);
    const identities = statuses.flatMap((status) => (status.state === 'live' ? [status.identity] : []));
    expect(new Set(identities).size).toBe(1);
    expect(tokens.load()).toBe(token);
    expect(link.db?.db.place.count()).toBe(20);
    const seen = link.db?.db.clock.id.find(0)?.tick ?? 0n;
    await expect.poll(() => link.db?.db.clock.id.find(0)?.tick).toBeGreaterThan(seen);
  } finally {
    link.close();
    await second.stop();
  }
  expect(statuses.at(-1)).toEqual({ state: 'closed' });
});

test('reports a silent host as a lost connection, but not a paused clock', async ({ binary, folder }) => {
  const host = await startHost({ binary, folder });
  const owner = await host.api.createAccount();
  await host.api.publish('w', (await buildModule('production', console.log)).wasm, owner);
  await host.api.call('w', 'found_world', [readMap()], owner);
  const statuses: Status[] = [];
  const link = connect({
    url: host.url,
    database: 'w',
    tokens: memoryTokens(),
    queries: [],
    onStatus: (status) => statuses.push(status),
  });
  try {
    await link.firstLive;
    await host.api.call('w', 'pause_clock', [], owner);
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(statuses.at(-1)?.state).toBe('live');

    await host.api.call('w', 'resume_clock', [], owner);
    // Stops the supervisor's process group: the host hangs, and its connections stay open.
    process.kill(-host.pid, 'SIGSTOP');
    await expect.poll(() => reasonIn(statuses), { timeout: 20_000 }).toBe('no tick for 5 s');
    process.kill(-host.pid, 'SIGCONT');
    await expect.poll(() => statuses.at(-1)?.state, { timeout: 20_000 }).toBe('live');
  } finally {
    link.close();
    await host.stop();
  }
});

test('reports a missing host and tries again', async () => {
  const statuses: Status[] = [];
  const link = connect({
    url: 'http://127.0.0.1:9',
    database: 'w',
    tokens: memoryTokens('a token'),
    queries: [],
    onStatus: (status) => statuses.push(status),
  });
  await expect
    .poll(() => statuses.filter(({ state }) => state === 'connecting').length, { timeout: 10_000 })
    .toBeGreaterThan(1);
  link.close();
  expect(reasonIn(statuses)).toContain('fetch failed');
});

test('reports a rejected subscription with its reason', async ({ world }) => {
  const statuses: Status[] = [];
  const { host, database } = world;
  const link = connect({
    url: host.url,
    database,
    tokens: memoryTokens(),
    queries: ['SELECT * FROM session'],
    onStatus: (status) => statuses.push(status),
  });
  await expect.poll(() => reasonIn(statuses)).toContain('`session` is not a valid table');
  link.close();
});

function reasonIn(statuses: Status[]): string | undefined {
  const lost = statuses.find((status) => status.state === 'lost');
  return lost?.reason;
}
