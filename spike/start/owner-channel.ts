import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { liveFragment } from '../client/live-fragment.ts';
import { isEqual, newKey, OneTimeCode } from './one-time-code.ts';

/** What a page needs to enter the world as its owner. The token is for the host alone. */
export interface Welcome {
  /** Of the host, e.g. `http://127.0.0.1:3000`. */
  host: string;
  database: string;
  token: string;
}

export interface OwnerChannelOptions {
  /** Of the site, as a browser sends it, e.g. `http://127.0.0.1:4321`. Pages of every other origin are rejected. */
  origin: string;
  welcome: Welcome;
  /** Called when a page was let in: its address is spent, and `fragment` is that of the next one. */
  onOpened: () => void;
  /**
   * What a page that was let in may ask for, by the name in the path. Gets the JSON of the request, returns that of the
   * answer.
   * @throws Error with the reason for the person at the page
   */
  answers: Record<string, (asked: unknown) => unknown>;
}

const MOST_BYTES = 1_000;

/** The answer to a request that is not obeyed. The page shows the message. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * How the owner's page reaches `npm start`: a one-time code out of the page's address buys the world's token and a key,
 * and the key works the owner's buttons.
 *
 * Any page that the browser shows can send requests to this machine. So the channel obeys only the site's own origin, and
 * only under its own address: a foreign page cannot forge `Origin`, and a foreign name that resolves to 127.0.0.1 shows in
 * `Host`.
 */
export class OwnerChannel {
  readonly #options: OwnerChannelOptions;
  readonly #server: Server;
  readonly #code = new OneTimeCode();
  readonly #keys: string[] = [];

  private constructor(options: OwnerChannelOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  /** Listens on a free port of 127.0.0.1. */
  static async open(options: OwnerChannelOptions): Promise<OwnerChannel> {
    const channel = new OwnerChannel(options);
    channel.#server.listen(0, '127.0.0.1');
    await once(channel.#server, 'listening');
    return channel;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The fragment of an address that opens once, without the `#`. */
  get fragment(): string {
    return liveFragment({ port: this.port, code: this.#code.text });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      this.#checkSender(request);
      response.setHeader('Access-Control-Allow-Origin', this.#options.origin);
      response.setHeader('Vary', 'Origin');
      if (request.method === 'OPTIONS') return allow(response);
      if (request.method !== 'POST') throw new Refusal(405, 'only POST is answered');
      answer(response, 200, await this.#answerTo(request));
    } catch (error) {
      answer(response, error instanceof Refusal ? error.status : 400, { error: (error as Error).message });
    }
  }

  #checkSender({ headers }: IncomingMessage): void {
    if (headers.host !== `127.0.0.1:${this.port}`)
      throw new Refusal(421, `the host name ${headers.host} is not the address of this channel`);
    if (headers.origin !== this.#options.origin)
      throw new Refusal(
        403,
        `only pages of ${this.#options.origin} are answered, not of ${headers.origin ?? 'no origin'}`,
      );
  }

  async #answerTo(request: IncomingMessage): Promise<unknown> {
    const name = (request.url ?? '').replace(/^\//, '');
    const asked = await bodyOf(request);
    if (name === 'open') return this.#open(asked);
    if (!this.#isLetIn(request)) throw new Refusal(401, 'this page has not been let in by this npm start');
    const { answers } = this.#options;
    if (!Object.hasOwn(answers, name)) throw new Refusal(404, `there is nothing called ${name}`);
    return (await answers[name]?.(asked)) ?? {};
  }

  #open(asked: unknown): Welcome & { key: string } {
    const { code } = (asked ?? {}) as { code?: unknown };
    if (typeof code !== 'string' || !this.#code.spend(code))
      throw new Refusal(403, 'this address was used before, or another npm start printed it');
    const key = newKey();
    this.#keys.push(key);
    // The answer goes out first: `npm start` prints the next address after it.
    setImmediate(() => this.#options.onOpened());
    return { ...this.#options.welcome, key };
  }

  #isLetIn({ headers }: IncomingMessage): boolean {
    const [, key = ''] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
    return this.#keys.some((each) => isEqual(each, key));
  }
}

/** @throws Refusal when it is longer than any request of the page, or no JSON */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > MOST_BYTES) throw new Refusal(413, `a request has at most ${MOST_BYTES} bytes`);
  }
  try {
    return text ? (JSON.parse(text) as unknown) : undefined;
  } catch {
    throw new Refusal(400, 'the request is not JSON');
  }
}

function allow(response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Methods', 'POST');
  response.setHeader('Access-Control-Allow-Headers', 'authorization, content-type');
  response.writeHead(204).end();
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}
