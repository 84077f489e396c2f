import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Store } from '../stores/store.ts';
import { FanOut } from '../wire/fan-out.ts';
import { decodeRequest, encode, type Frame, type Request } from '../wire/frame.ts';
import type { Delta } from '../world/delta.ts';
import { setOnline } from '../world/player.ts';
import type { World } from '../world/state.ts';
import { resume } from '../world/tick.ts';
import { roleOf, run } from './command.ts';
import { Engine } from './engine.ts';
import type { Tokens } from './token.ts';

/** A watcher that is so far behind is cut off: what waits for it would fill the memory. */
const MAX_BUFFERED = 64_000_000;

export interface WorldServerOptions {
  world: World;
  store: Store;
  tokens: Tokens;
  /** On 127.0.0.1; 0 for a free one. */
  port: number;
  paused: boolean;
  /** Allow what experiments need. */
  lab: boolean;
  /** A control: publish before the commit settles. */
  publishEarly: boolean;
  onFailure: (error: unknown) => void;
}

/** The world on web sockets: calls with their answers, and the live updates of those who subscribed. */
export class WorldServer {
  readonly port: number;
  readonly #options: WorldServerOptions;
  readonly #sockets: WebSocketServer;
  readonly #engine: Engine;
  readonly #fanOut = new FanOut();
  /** The open sockets of each identity. */
  readonly #present = new Map<string, Set<WebSocket>>();
  #lastTick: number;

  private constructor(options: WorldServerOptions, sockets: WebSocketServer) {
    this.#options = options;
    this.#sockets = sockets;
    this.port = (sockets.address() as AddressInfo).port;
    this.#lastTick = options.world.clock.tick;
    this.#engine = new Engine({ ...options, publish: (delta) => this.#publish(delta) });
    sockets.on('connection', (socket, { url = '' }) => this.#welcome(socket, new URLSearchParams(url.split('?')[1])));
  }

  static async start(options: WorldServerOptions): Promise<WorldServer> {
    const sockets = new WebSocketServer({ host: '127.0.0.1', port: options.port, perMessageDeflate: false });
    await once(sockets, 'listening');
    const server = new WorldServer(options, sockets);
    await server.#wake();
    return server;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    await this.#engine.stop();
  }

  /** After a restart nobody is connected, and due times of the past do not count. */
  async #wake(): Promise<void> {
    await this.#engine.do((change) => {
      for (const { identity } of change.world.players.values()) setOnline(change, identity, false);
      if (!change.world.clock.paused && !this.#options.paused) resume(change);
    });
  }

  /** Who it is says the token in the address. Without one the server makes an identity, and sends its token. */
  #welcome(socket: WebSocket, query: URLSearchParams): void {
    const { tokens } = this.#options;
    const token = query.get('token');
    const identity = token === null ? tokens.newIdentity() : tokens.verify(token);
    if (identity === undefined) return socket.close(4_001, 'this token was not signed here: connect without one');
    socket.on('error', () => {});
    send(socket, { kind: 'notice', name: 'identity', value: { identity, token: tokens.sign(identity) } });
    this.#enter(identity, socket);
    socket.on('close', () => this.#leave(identity, socket));
    socket.on('message', (bytes: Buffer) => this.#receive(identity, socket, bytes));
  }

  #receive(identity: string, socket: WebSocket, bytes: Buffer): void {
    let request: Request;
    try {
      request = decodeRequest(bytes);
    } catch {
      return socket.close(4_002, 'this is not a request');
    }
    if (request.kind === 'subscribe') return this.#subscribe(socket, request.place);
    const { call, name, args } = request;
    this.#engine
      .do((change) => run(change, identity, name, args, this.#options.lab))
      .then(
        (value) => send(socket, { kind: 'answer', call, ...(value !== undefined && { value }) }),
        (error: Error) => send(socket, { kind: 'answer', call, error: error.message }),
      );
  }

  /** Copies the world now, and sends the copy after everything before it and before everything later. */
  #subscribe(socket: WebSocket, place: number | undefined): void {
    const { agents, clock } = this.#engine.world;
    const snapshot = { agents: agents.slice(), tick: clock.tick };
    void this.#engine.inTurn(() => {
      if (socket.readyState === socket.OPEN) this.#fanOut.subscribe(socket, place, snapshot);
    });
  }

  #publish(delta: Delta): void {
    const { clock } = delta;
    if (clock && clock.tick > this.#lastTick) {
      const skipped = clock.tick - this.#lastTick - 1;
      this.#lastTick = clock.tick;
      this.#fanOut.push(delta, { tick: clock.tick, dueMs: clock.due / 1_000, startedMs: clock.now / 1_000, skipped });
      this.#dropSlow();
    } else this.#fanOut.push(delta);
    if (delta.requests.some(({ state }) => state === 'Pending')) this.#notifyThinkers();
  }

  /** There is something to lease. Only a lease shows what it is. */
  #notifyThinkers(): void {
    for (const [identity, sockets] of this.#present)
      if (roleOf(this.#engine.world, identity) === 'Thinker')
        for (const socket of sockets) send(socket, { kind: 'notice', name: 'pending', value: null });
  }

  #dropSlow(): void {
    for (const socket of this.#sockets.clients) if (socket.bufferedAmount > MAX_BUFFERED) socket.terminate();
  }

  #enter(identity: string, socket: WebSocket): void {
    const sockets = this.#present.get(identity) ?? new Set();
    this.#present.set(identity, sockets.add(socket));
    if (this.#engine.world.players.has(identity)) void this.#engine.do((change) => setOnline(change, identity, true));
  }

  #leave(identity: string, socket: WebSocket): void {
    this.#fanOut.remove(socket);
    const sockets = this.#present.get(identity);
    sockets?.delete(socket);
    if (sockets?.size !== 0) return;
    this.#present.delete(identity);
    void this.#engine.do((change) => setOnline(change, identity, false));
  }
}

function send(socket: WebSocket, frame: Frame): void {
  if (socket.readyState === socket.OPEN) socket.send(encode(frame));
}
