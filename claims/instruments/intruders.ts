import { Refused, type Account } from '../../spike/host/api.ts';
import { buildModule } from '../../spike/host/module.ts';
import { LIFECYCLE, REDUCERS, type Caller } from '../../spike/world/reducers.fixture.ts';
import type { Lab } from '../harness/lab.ts';
import { forRole, inWords, type Tries } from './tries.ts';
import { Wire, type Answer } from './wire.ts';

const WRITES = [
  "INSERT INTO place (id, name, description) VALUES (99, 'Forged', '')",
  'UPDATE agent SET place = 0',
  'UPDATE holding SET quantity = 1000000',
  'DELETE FROM agent',
  'UPDATE think_queue SET pending = 9',
  'DELETE FROM tick_schedule',
];
const PRIVATE = ['session', 'think_queue', 'think_budget', 'tick_schedule', 'reap_schedule', 'lab_fault'];
/** The host's own refusals. */
const NO_REDUCER = inWords(/no such reducer/);
const LIFECYCLE_ONLY = inWords(/can't directly call special/);
const NO_WRITE = inWords(/Only owners are authorized|is not a valid table/);
const NO_QUERY = inWords(/Non-SELECT/);
const NO_TABLE = inWords(/is not a valid table/);
const NOT_OWNER = inWords(/does not own database|NotYourDatabase/);

type People = Partial<Record<Caller, Account>>;

/** A stranger and one account of each role, who try everything that they must not do. The owner is not one of them. */
export class Intruders {
  readonly #lab: Lab;
  readonly #people: People;

  private constructor(lab: Lab, people: People) {
    this.#lab = lab;
    this.#people = people;
  }

  /** @throws Error when a private table does not exist */
  static async of(lab: Lab): Promise<Intruders> {
    const people: People = {
      stranger: await lab.account(),
      player: await lab.account('Player'),
      thinker: await lab.account('Thinker'),
      archivist: await lab.account('Archivist'),
      relay: await lab.account('Relay'),
    };
    // A table that does not exist would be refused too.
    for (const table of PRIVATE) await lab.sql(`SELECT * FROM ${table}`);
    return new Intruders(lab, people);
  }

  /** @returns the reducers that were tried */
  async tryAll(tries: Tries): Promise<Set<string>> {
    const tried = new Set<string>();
    for (const [role, account] of Object.entries(this.#people)) {
      const wire = await Wire.open(this.#lab.host.url, this.#lab.database, account.token);
      for (const reducer of await this.#tryReducers(tries, role as Caller, account, wire)) tried.add(reducer);
      await this.#tryQueries(tries, account, wire);
      await this.#tryDatabase(tries, account);
      await wire.close();
    }
    return tried;
  }

  async #tryReducers(tries: Tries, role: Caller, account: Account, wire: Wire): Promise<string[]> {
    const lab = this.#lab;
    const forbidden = REDUCERS.filter(({ may }) => !may.includes(role));
    for (const { name, may, args, refusal } of forbidden) {
      const kind = may.includes('scheduler') ? 'what nobody may call' : "another role's reducer";
      const isRefusal = refusal ? inWords(new RegExp(refusal)) : forRole;
      await tries.try(kind, isRefusal, () => lab.callAs(account, name, ...args));
      await tries.try(kind, isRefusal, () => done(wire.call(name, args)));
    }
    // The socket does not answer calls of these, so try HTTP only.
    for (const name of LIFECYCLE)
      await tries.try('what nobody may call', LIFECYCLE_ONLY, () => lab.callAs(account, name));
    await tries.try('what nobody may call', NO_REDUCER, () => lab.callAs(account, 'teleport', 1, 2));
    return forbidden.map(({ name }) => name);
  }

  async #tryQueries(tries: Tries, account: Account, wire: Wire): Promise<void> {
    const { host, database } = this.#lab;
    for (const write of WRITES) {
      await tries.try('a write in SQL', NO_WRITE, () => host.api.sql(database, write, account));
      await tries.try('a write as a query', NO_QUERY, () => done(wire.query(write)));
    }
    for (const table of PRIVATE) {
      const query = `SELECT * FROM ${table}`;
      await tries.try('a private table', NO_TABLE, () => host.api.sql(database, query, account));
      await tries.try('a private table', NO_TABLE, () => done(wire.subscribe(query)));
    }
  }

  async #tryDatabase(tries: Tries, account: Account): Promise<void> {
    const { host, database } = this.#lab;
    const { wasm } = await buildModule('lab', console.log);
    await tries.try('the module', NOT_OWNER, () => host.api.publish(database, wasm, account));
    await tries.try('the end of the database', NOT_OWNER, () => host.api.remove(database, account));
    await tries.try('another name', NOT_OWNER, () => rename(this.#lab, account));
  }
}

/** @throws Refused when the host did not do what was asked on the wire */
async function done(answer: Promise<Answer>): Promise<void> {
  const { reason } = await answer;
  if (reason) throw new Refused(reason);
}

async function rename({ host, database }: Lab, account: Account): Promise<void> {
  const response = await fetch(`${host.url}/v1/database/${database}/names`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${account.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(['forged']),
  });
  if (!response.ok) throw new Error(await response.text());
}
