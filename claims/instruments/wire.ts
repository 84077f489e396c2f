/** What the host answers to one message; `reason` is empty when it did what was asked. */
export interface Answer {
  reason: string;
}

interface Said {
  IdentityToken?: { identity: { __identity__: string } };
  TransactionUpdate?: {
    status: { Committed?: unknown; Failed?: string };
    caller_identity: { __identity__: string };
    reducer_call: { request_id: number };
  };
  OneOffQueryResponse?: { message_id: string; error: { some?: string } };
  SubscribeApplied?: { request_id: number };
  SubscriptionError?: { request_id: { some?: number }; error: string };
}

/**
 * A WebSocket to a database that speaks the host's own JSON protocol, without the SDK: what a stranger can build in an
 * evening. One message at a time; its answer comes once its transaction is committed or refused.
 * @see https://github.com/clockworklabs/SpacetimeDB/blob/v1.2.0/crates/client-api-messages/src/websocket.rs
 */
export class Wire {
  readonly #socket: WebSocket;
  readonly #open = new Map<number, (answer: Answer | Error) => void>();
  #identity = '';
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(String(data)) as Said);
    socket.onclose = () => this.#fail();
  }

  /** @throws Error when the host lets nobody in */
  static async open(url: string, database: string, token: string): Promise<Wire> {
    const query = `compression=None&token=${token}`;
    const address = `${url.replace('http', 'ws')}/v1/database/${database}/subscribe?${query}`;
    const wire = new Wire(new WebSocket(address, 'v1.json.spacetimedb'));
    await new Promise((resolve, reject) => {
      wire.#open.set(0, (answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
    });
    return wire;
  }

  /** @param args as for a call by HTTP */
  call(reducer: string, args: unknown[]): Promise<Answer> {
    return this.#ask((request_id) => ({
      CallReducer: { reducer, args: JSON.stringify(args), request_id, flags: 0 },
    }));
  }

  query(sql: string): Promise<Answer> {
    // A message id is bytes.
    const bytes = (id: number) => [id >>> 24, (id >>> 16) & 255, (id >>> 8) & 255, id & 255];
    return this.#ask((id) => ({ OneOffQuery: { message_id: bytes(id), query_string: sql } }));
  }

  subscribe(query: string): Promise<Answer> {
    return this.#ask((id) => ({ SubscribeSingle: { query, request_id: id, query_id: { id } } }));
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    const closed = new Promise((resolve) => this.#socket.addEventListener('close', resolve));
    this.#socket.close();
    await closed;
  }

  #ask(message: (id: number) => unknown): Promise<Answer> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      if (this.#socket.readyState !== WebSocket.OPEN) return reject(new Error('the connection is closed'));
      this.#open.set(id, (answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
      this.#socket.send(JSON.stringify(message(id)));
    });
  }

  #hear(said: Said): void {
    const { IdentityToken, TransactionUpdate, OneOffQueryResponse, SubscribeApplied, SubscriptionError } = said;
    if (IdentityToken) {
      this.#identity = IdentityToken.identity.__identity__;
      this.#settle(0, '');
    } else if (TransactionUpdate) {
      const { status, caller_identity, reducer_call } = TransactionUpdate;
      // Calls of others arrive too where their rows are subscribed, under numbers of their own.
      if (caller_identity.__identity__ !== this.#identity) return;
      // The pinned host numbers the answer to a failed call 0.
      this.#settle(reducer_call.request_id || this.#last, status.Committed ? '' : (status.Failed ?? 'out of energy'));
    } else if (OneOffQueryResponse) {
      this.#settle(parseInt(OneOffQueryResponse.message_id, 16), OneOffQueryResponse.error.some ?? '');
    } else if (SubscribeApplied) this.#settle(SubscribeApplied.request_id, '');
    else if (SubscriptionError) this.#settle(SubscriptionError.request_id.some ?? 0, SubscriptionError.error);
  }

  #settle(id: number, reason: string): void {
    this.#open.get(id)?.({ reason });
    this.#open.delete(id);
  }

  #fail(): void {
    for (const settle of this.#open.values()) settle(new Error('the connection closed'));
    this.#open.clear();
  }
}
