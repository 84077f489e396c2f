import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Agent, WorldEvent } from '../world/rows.ts';
import { decode, encodeRequest, type Frame, type TickFrame } from './frame.ts';

export interface WatcherOptions {
  /** Of the server, e.g. `ws://127.0.0.1:4000`. */
  url: string;
  /** Without it, everything. */
  place?: number;
  /** Called when the rows of a tick are in `agents`. */
  onTick?: (frame: TickFrame) => void;
  onEvent?: (event: WorldEvent) => void;
}

/** A client that keeps a copy of the agents that it watches. */
export class Watcher {
  readonly agents = new Map<number, Agent>();
  /** Agents in all frames so far. */
  rows = 0;
  readonly #socket: WebSocket;
  readonly #options: WatcherOptions;

  private constructor(socket: WebSocket, options: WatcherOptions) {
    this.#socket = socket;
    this.#options = options;
  }

  /** Settles when the watcher has its first copy. */
  static async connect(options: WatcherOptions): Promise<Watcher> {
    const { url, place } = options;
    const socket = new WebSocket(url, { perMessageDeflate: false });
    const watcher = new Watcher(socket, options);
    await once(socket, 'open');
    const live = new Promise<void>((resolve, reject) => {
      socket.on('message', (bytes: Buffer) => {
        const frame = decode(bytes);
        watcher.#take(frame);
        if (frame.kind === 'snapshot') resolve();
      });
      socket.once('close', () => reject(new Error(`${url} closed the connection`)));
    });
    socket.send(encodeRequest({ kind: 'subscribe', ...(place !== undefined && { place }) }));
    await live;
    return watcher;
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    this.#socket.close();
    await once(this.#socket, 'close');
  }

  #take(frame: Frame): void {
    if (!('agents' in frame)) return;
    if (frame.kind === 'snapshot') this.agents.clear();
    for (const agent of frame.agents) this.agents.set(agent.id, agent);
    this.rows += frame.agents.length;
    if (frame.kind === 'snapshot') return;
    for (const id of frame.left) this.agents.delete(id);
    const { onTick, onEvent } = this.#options;
    if (onEvent) for (const event of frame.events) onEvent(event);
    if (frame.kind === 'tick') onTick?.(frame);
  }
}
