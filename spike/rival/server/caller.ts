import { once } from 'node:events';
import { WebSocket } from 'ws';
import { decode, encodeRequest, type Frame } from '../wire/frame.ts';

/** The server rejected a call. The message is its reason. */
export class Rejected extends Error {}

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** One connection of a player, a thinker or an owner: calls, and what the server tells by itself. */
export class Caller {
  /** Called for each frame that is not an answer. */
  onFrame: (frame: Frame) => void = () => {};
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (bytes: Buffer) => this.#take(decode(bytes)));
    socket.on('error', () => {});
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the server closed the connection'));
      this.#waiting.clear();
    });
  }

  /** @throws Error when nobody listens there */
  static async connect(url: string): Promise<Caller> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    const caller = new Caller(socket);
    await once(socket, 'open');
    return caller;
  }

  /**
   * Calls a command and waits for its answer.
   * @throws Rejected with the server's reason, or Error when the connection is lost and the outcome unknown
   */
  call(name: string, ...args: unknown[]): Promise<unknown> {
    if (this.#socket.readyState !== WebSocket.OPEN)
      return Promise.reject(new Error('the server closed the connection'));
    const call = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject });
      this.#socket.send(encodeRequest({ kind: 'call', call, name, args }));
    });
  }

  /** Asks for the live updates of a place, or of everything. */
  subscribe(place?: number): void {
    this.#socket.send(encodeRequest({ kind: 'subscribe', ...(place !== undefined && { place }) }));
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    this.#socket.close();
    await once(this.#socket, 'close');
  }

  #take(frame: Frame): void {
    if (frame.kind !== 'answer') return this.onFrame(frame);
    const waiting = this.#waiting.get(frame.call);
    this.#waiting.delete(frame.call);
    if (frame.error === undefined) waiting?.resolve(frame.value);
    else waiting?.reject(new Rejected(frame.error));
  }
}
