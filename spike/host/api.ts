import { until } from '../until.ts';

/** A caller: an identity that the host made, and the token that proves it. */
export interface Account {
  identity: string;
  token: string;
}

/** An account's identity as a reducer takes it: the host's JSON form of an identity is an array of one hex string. */
export function identityArgument({ identity }: Account): [string] {
  return [`0x${identity}`];
}

/** A reducer rejected the call. The message is its reason. */
export class Refused extends Error {}

/** A reducer trapped: a fault of the module, not a rejection. */
export class Trapped extends Error {}

/** The host rejected a call before any reducer ran: the arguments have the wrong shape, or only the host may call it. */
export class BadRequest extends Error {}

type Row = Record<string, unknown>;

/**
 * The part of the host's HTTP API that an operator needs. Clients of the world use the SDK instead.
 * @see https://github.com/clockworklabs/SpacetimeDB/blob/v1.2.0/crates/client-api/src/routes/database.rs
 */
export class Api {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  async createAccount(): Promise<Account> {
    return (await (await this.#request('POST', '/v1/identity')).json()) as Account;
  }

  /**
   * Publishes a module under a name: creates the database, or updates the one that `account` owns.
   * @throws Error with the host's reason; a rejected update leaves the old module running
   */
  async publish(name: string, wasm: Uint8Array<ArrayBuffer>, account: Account): Promise<void> {
    await this.#request('PUT', `/v1/database/${name}`, { body: wasm, account });
  }

  async remove(name: string, account: Account): Promise<void> {
    await this.#request('DELETE', `/v1/database/${name}`, { account });
  }

  /**
   * Calls a reducer and waits for its outcome.
   * @param args in the host's JSON: products as objects, sums as `{ Variant: value }`, identities as hex strings
   * @throws Refused with the reducer's reason, BadRequest with the host's, Trapped
   */
  async call(database: string, reducer: string, args: unknown[], account: Account): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    await this.#request('POST', `/v1/database/${database}/call/${reducer}`, {
      body: JSON.stringify(args),
      headers,
      account,
    });
  }

  /** Rows as objects by column; sums and products in the host's JSON. */
  async sql(database: string, query: string, account: Account): Promise<Row[]> {
    const response = await this.#request('POST', `/v1/database/${database}/sql`, { body: query, account });
    const [result] = (await response.json()) as {
      schema: { elements: { name: { some: string } }[] };
      rows: unknown[][];
    }[];
    if (!result) return [];
    const columns = result.schema.elements.map((element) => element.name.some);
    return result.rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
  }

  /** Wakes a database. The host starts each one only when a request touches it, and until then its clock does not run. */
  async probe(database: string): Promise<void> {
    await this.#request('GET', `/v1/database/${database}/schema?version=9`);
  }

  /** The schema that a database offers to clients, in the host's own form. */
  async schema(database: string): Promise<unknown> {
    return (await this.#request('GET', `/v1/database/${database}/schema?version=9`)).json();
  }

  /** Prometheus text. */
  async metrics(): Promise<string> {
    return (await this.#request('GET', '/v1/metrics')).text();
  }

  async answers(): Promise<boolean> {
    return fetch(`${this.url}/v1/ping`, { signal: AbortSignal.timeout(1_000) }).then(
      (response) => response.ok,
      () => false,
    );
  }

  /** @throws Error when the host has not answered in time, or `stillRuns` returns false first */
  async waitUntilItAnswers(timeoutMs: number, stillRuns: () => boolean): Promise<void> {
    let answered = false;
    await until(async () => !stillRuns() || (answered = await this.answers()), timeoutMs, 20);
    if (!answered) throw new Error(`no answer from ${this.url}`);
  }

  async #request(
    method: string,
    path: string,
    {
      body,
      headers,
      account,
    }: { body?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string>; account?: Account } = {},
  ): Promise<Response> {
    const response = await fetch(this.url + path, {
      method,
      body: body ?? null,
      headers: { ...headers, ...(account && { authorization: `Bearer ${account.token}` }) },
    });
    if (response.ok) return response;
    const reason = (await response.text()).trim();
    if (response.status === REDUCER_FAILED) throw reason === TRAPPED ? new Trapped(reason) : new Refused(reason);
    if (response.status === BAD_REQUEST && path.includes('/call/')) throw new BadRequest(reason);
    throw new Error(`${method} ${path}: ${response.status} ${reason}`);
  }
}

/** The host's own status for a reducer that returned an error or trapped. Only the text below tells a trap apart. */
const REDUCER_FAILED = 530;
const TRAPPED = 'The Wasm instance encountered a fatal error.';
const BAD_REQUEST = 400;
