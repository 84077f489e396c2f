import { once } from 'node:events';
import { expect, test } from 'playwright/test';
import { WebSocketServer } from 'ws';
import { FanOut } from './fan-out.ts';
import { decodeRequest, type TickFrame } from './frame.ts';
import { Watcher } from './watcher.ts';

const agents = [1, 2, 3].map((id) => ({ id, place: id % 2, routine: 'Rest' as const, route: 0, step: 0 }));
const MOMENT = { tick: 5, dueMs: 10, startedMs: 11, skipped: 0 };

test('a watcher has the agents of its place, and follows those who come and go', async () => {
  const fanOut = new FanOut();
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (socket) =>
    socket.on('message', (bytes: Buffer) => {
      const request = decodeRequest(bytes);
      if (request.kind === 'subscribe') fanOut.subscribe(socket, request.place, { tick: 4, agents });
    }),
  );
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${(server.address() as { port: number }).port}`;
  const ticks: TickFrame[] = [];
  const watcher = await Watcher.connect({ url, place: 1, onTick: (frame) => ticks.push(frame) });
  expect([...watcher.agents.keys()]).toEqual([1, 3]);
  const moved = agents.slice(0, 2).map((agent) => ({ ...agent, place: 1 - agent.place }));
  fanOut.push({ agents: moved, from: [1, 0], newcomers: [], events: [] }, MOMENT);
  await expect.poll(() => ticks.length).toBe(1);
  expect([...watcher.agents.keys()].sort()).toEqual([2, 3]);
  expect(ticks[0]?.tick).toBe(5);
  await watcher.close();
  server.close();
});
