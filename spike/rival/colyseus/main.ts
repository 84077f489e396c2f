/**
 * The arm without durability, for the tick and its fan-out only: Colyseus over its `ws` transport, because its native
 * one is not in the npm registry. `node main.ts`, with the options of `spike/rival/server/load.ts`.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { logger, Room, Server, type Client } from '@colyseus/core';
import { Encoder, StateView } from '@colyseus/schema';
import { WebSocketTransport } from '@colyseus/ws-transport';
import { DueTimer } from '../server/due-timer.ts';
import { readLoad } from '../server/load.ts';
import { nowMicros } from '../server/now.ts';
import { ROUTINES, type Agent } from '../world/rows.ts';
import { resume, advance } from '../world/tick.ts';
import { change } from '../world/change.ts';
import { AgentState, PlaceState, WholeState } from './state.ts';

// A tick of 10,000 agents must not grow the buffer while it is encoded.
Encoder.BUFFER_SIZE = 4 * 1_024 * 1_024;
const { world } = readLoad(process.argv.slice(2));
change(world, nowMicros(), resume);

/** A room shows the world; it holds no rule. */
abstract class WorldRoom<State extends InstanceType<typeof WholeState> | InstanceType<typeof PlaceState>> extends Room<{
  state: State;
}> {
  override autoDispose = false;
  // The patch is encoded and sent inside the tick, and by no timer of its own.
  override patchRate = null;

  protected fill(): void {
    for (const agent of world.agents) this.state.agents.set(String(agent.id), stateOf(agent));
    rooms.push(this);
  }

  /** Takes over what a tick moved, and sends it. */
  show(moved: readonly Agent[], from: readonly number[]): void {
    moved.forEach((agent, index) => {
      const shown = this.state.agents.get(String(agent.id));
      if (!shown) return;
      shown.place = agent.place;
      shown.step = agent.step;
      this.moved(shown, agent.place, from[index] ?? agent.place);
    });
    this.state.tick = world.clock.tick;
    this.state.dueMs = world.clock.due / 1_000;
    this.broadcastPatch();
  }

  protected moved(_shown: AgentState, _to: number, _from: number): void {}
}

class WholeRoom extends WorldRoom<InstanceType<typeof WholeState>> {
  override onCreate(): void {
    this.state = new WholeState();
    this.fill();
  }
}

/** Watchers of the same place share one view, which is encoded once. */
class PlaceRoom extends WorldRoom<InstanceType<typeof PlaceState>> {
  readonly #views = new Map<number, StateView>();

  override onCreate(): void {
    this.state = new PlaceState();
    this.fill();
  }

  override onJoin(client: Client, { place }: { place: number }): void {
    client.view = this.#views.get(place) ?? this.#viewOf(place);
  }

  protected override moved(shown: AgentState, to: number, from: number): void {
    if (to === from) return;
    this.#views.get(from)?.remove(shown);
    this.#views.get(to)?.add(shown);
  }

  #viewOf(place: number): StateView {
    const view = new StateView();
    for (const shown of this.state.agents.values()) if (shown.place === place) view.add(shown);
    this.#views.set(place, view);
    return view;
  }
}

const rooms: { show(moved: readonly Agent[], from: readonly number[]): void }[] = [];

function stateOf({ place, step, route, routine }: Agent): AgentState {
  return new AgentState().assign({ place, step, route: route & 0xffff, routine: ROUTINES.indexOf(routine) });
}

const timer = new DueTimer(() => {
  const { agents, from } = advance(world, nowMicros());
  for (const room of rooms) room.show(agents, from);
  timer.set(world.clock.nextDue);
});

for (const level of ['debug', 'info'] as const) logger[level] = () => {};
const http = createServer();
const server = new Server({
  greet: false,
  transport: new WebSocketTransport({ server: http, perMessageDeflate: false }),
});
server.define('everything', WholeRoom);
server.define('place', PlaceRoom);
await server.listen(0, '127.0.0.1');
timer.set(world.clock.nextDue);
process.stdin.on('close', () => process.exit()).resume();
process.on('SIGTERM', () => process.exit()).on('SIGINT', () => process.exit());
console.log(JSON.stringify({ port: (http.address() as AddressInfo).port, pid: process.pid }));
