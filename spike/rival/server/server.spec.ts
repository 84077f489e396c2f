import { expect, test as base } from 'playwright/test';
import { Watcher } from '../wire/watcher.ts';
import type { WorldEvent } from '../world/rows.ts';
import { Caller } from './caller.ts';
import { startServer, type ServerProcess } from './process.ts';

const test = base.extend<{ server: ServerProcess; connect: (identity?: string) => Promise<Caller> }>({
  server: async ({}, use) => {
    const server = await startServer(['--act-every', '1', '--reflect-every', '0', '--period-ms', '50']);
    await use(server);
    await server.stop();
  },
  connect: async ({ server }, use) => {
    const callers: Caller[] = [];
    await use(async (identity) => {
      const caller = await Caller.connect(server.urlFor(identity));
      callers.push(caller);
      return caller;
    });
    for (const caller of callers) await caller.close();
  },
});

test('watchers of everything and of one place follow the clock, and hear what players say', async ({
  server,
  connect,
}) => {
  const ticks: number[] = [];
  const heard: WorldEvent[] = [];
  const watcher = await Watcher.connect({
    url: server.urlFor('w1'),
    onTick: ({ tick }) => ticks.push(tick),
    onEvent: (event) => heard.push(event),
  });
  const gate = await Watcher.connect({ url: server.urlFor('w2'), place: 0 });
  const nils = await connect('nils');
  const id = await nils.call('join', 'Nils');
  await nils.call('act', { Say: 'Good day.' });
  await expect.poll(() => ticks.length).toBeGreaterThan(5);
  expect(ticks).toEqual(ticks.map((_, index) => (ticks[0] ?? 0) + index));
  expect(heard.map(({ kind, words }) => [kind, words])).toEqual([
    ['arrive', ''],
    ['say', 'Good day.'],
  ]);
  expect(watcher.agents.size).toBe(31);
  expect([...gate.agents.values()].every(({ place }) => place === 0)).toBe(true);
  expect(gate.agents.has(Number(id))).toBe(true);
  await nils.call('act', { Go: 'north' });
  await expect.poll(() => gate.agents.has(Number(id))).toBe(false);
  await Promise.all([watcher.close(), gate.close()]);
});

test('a token that was not signed here is turned away, and roles guard their commands', async ({ server, connect }) => {
  const forged = await Caller.connect(`ws://127.0.0.1:${server.port}/?token=owner.AAAA`);
  await expect(forged.call('pause_clock')).rejects.toThrow('closed the connection');
  const nils = await connect('nils');
  await expect(nils.call('pause_clock')).rejects.toThrow('only the role Owner may pause the clock');
  await expect(nils.call('lease', 1)).rejects.toThrow('only the role Thinker may lease a think request');
  await expect(nils.call('act', { Say: 'Hm.' })).rejects.toThrow('only the role Player may act');
  await expect(nils.call('act', { Sing: 'Hm.' })).rejects.toThrow('the arguments have the wrong shape');
  await expect(nils.call('lab_ask', 1)).rejects.toThrow('there is no command "lab_ask"');
});

test('a server without its parent ends', async ({ server }) => {
  await server.stop();
  expect(await server.ended).toBe(0);
});
