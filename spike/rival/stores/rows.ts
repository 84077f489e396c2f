import type { Client } from 'pg';
import { merge, type Delta, type Saved } from '../world/delta.ts';
import { connect, transact } from './connect.ts';
import { GroupCommit } from './group-commit.ts';
import { loadRows } from './load-rows.ts';
import { schema } from './schema.ts';
import { statementsFor } from './statements.ts';
import type { Durability, Store } from './store.ts';

export interface RowsOptions {
  url: string;
  durability: Durability;
  /** Percent of a page that is filled at first; 100 leaves no room for updates in place. */
  fillfactor: number;
}

/** State as rows: each tick is one `UPDATE … FROM unnest`, and what waited for a commit is written by the next one. */
export class RowsStore implements Store {
  readonly #client: Client;
  readonly #commits = new GroupCommit((deltas) => transact(this.#client, statementsFor(merge(deltas))));

  private constructor(client: Client) {
    this.#client = client;
  }

  static async open({ url, durability, fillfactor }: RowsOptions): Promise<RowsStore> {
    const client = await connect(url, durability);
    await client.query(schema(fillfactor));
    return new RowsStore(client);
  }

  load(): Promise<Saved | undefined> {
    return loadRows(this.#client);
  }

  commit(delta: Delta): Promise<void> {
    return this.#commits.commit(delta);
  }

  async close(): Promise<void> {
    await this.#commits.idle();
    await this.#client.end();
  }
}
