/**
 * Everything that the host sends to one subscriber, as text: a WebSocket of its own and no SDK, because a cache shows
 * only what an SDK chose to keep.
 * @see https://github.com/clockworklabs/SpacetimeDB/blob/v1.2.0/crates/client-api-messages/src/websocket.rs
 */
export class Recorder {
  readonly #socket: WebSocket;
  /** Tables whose subscription the host has applied. */
  readonly applied = new Set<string>();
  #heard = '';

  private constructor(socket: WebSocket, tables: string[]) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      this.#heard += String(data);
      const { SubscribeApplied } = JSON.parse(String(data)) as { SubscribeApplied?: { query_id: { id: number } } };
      if (SubscribeApplied) this.applied.add(tables[SubscribeApplied.query_id.id - 1] ?? '');
    });
  }

  /** Subscribes to each table by itself, since one that is refused would take the others with it. */
  static async open(url: string, database: string, token: string, tables: string[]): Promise<Recorder> {
    const address = `${url.replace('http', 'ws')}/v1/database/${database}/subscribe?compression=None&token=${token}`;
    const socket = new WebSocket(address, 'v1.json.spacetimedb');
    const recorder = new Recorder(socket, tables);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', () => reject(new Error(`no connection to ${url}`)));
    });
    tables.forEach((table, index) => {
      const query = { query: `SELECT * FROM ${table}`, request_id: index + 1, query_id: { id: index + 1 } };
      socket.send(JSON.stringify({ SubscribeSingle: query }));
    });
    return recorder;
  }

  get characters(): number {
    return this.#heard.length;
  }

  /** How often a text was sent, however deep it was quoted. */
  count(text: string): number {
    return this.#heard.replaceAll('\\', '').split(text).length - 1;
  }

  close(): void {
    this.#socket.close();
  }
}
