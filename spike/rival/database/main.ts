/**
 * The arm in which PostgreSQL is the truth, for the tick and its fan-out only: `node main.ts --database URL`, with the
 * options of `spike/rival/server/load.ts`. The rules are set-based SQL; what a tick returns is pushed.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { DueTimer } from '../server/due-timer.ts';
import { readLoad } from '../server/load.ts';
import { nowMicros } from '../server/now.ts';
import { FanOut } from '../wire/fan-out.ts';
import { decodeRequest } from '../wire/frame.ts';
import { DatabaseWorld } from './database-world.ts';

const { world, database, durability } = readLoad(process.argv.slice(2));
const truth = await DatabaseWorld.create(database, durability, world);
const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
await once(sockets, 'listening');
const fanOut = new FanOut();
const { period } = world.clock;
let { tick, nextDue: due } = world.clock;
/** Ticks and copies follow each other on the one connection, so a copy is of the tick before it. */
let turn: Promise<void> = Promise.resolve();

sockets.on('connection', (socket) => {
  socket.on('error', () => {}).on('close', () => fanOut.remove(socket));
  socket.on('message', (bytes: Buffer) => {
    const request = decodeRequest(bytes);
    if (request.kind !== 'subscribe') return;
    turn = turn.then(async () => fanOut.subscribe(socket, request.place, { agents: await truth.agents(), tick }));
  });
});

const timer = new DueTimer(() => {
  turn = turn.then(run);
  turn.catch((error: Error) => {
    console.error(error.stack);
    process.exit(1);
  });
});

/** One tick. The next one is due a period after this one, or later where this one came a whole period late. */
async function run(): Promise<void> {
  const startedMs = nowMicros() / 1_000;
  const skipped = Math.max(0, Math.floor((startedMs * 1_000 - due) / period));
  tick += 1;
  const moment = { tick, dueMs: due / 1_000, startedMs, skipped };
  const moved = await truth.tick(tick, moment.dueMs);
  fanOut.push({ ...moved, newcomers: [], events: [] }, moment);
  tick += skipped;
  due += (1 + skipped) * period;
  timer.set(due);
}

due = nowMicros() + period;
timer.set(due);
process.stdin.on('close', () => process.exit()).resume();
process.on('SIGTERM', () => process.exit()).on('SIGINT', () => process.exit());
console.log(JSON.stringify({ port: (sockets.address() as AddressInfo).port, pid: process.pid }));
