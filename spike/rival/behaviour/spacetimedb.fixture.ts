import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityArgument, Refused, type Account } from '../../host/api.ts';
import { findHost } from '../../host/binary.ts';
import { startHost, type Host } from '../../host/host.ts';
import { buildModule } from '../../host/module.ts';
import { readMap } from '../../start/map.ts';
import { Rejection, type ArmWorld, type Caller, type Census, type Listener, type Thinker } from './arm.ts';

const DATABASE = 'world';
const STATES = ['Pending', 'Leased', 'Done', 'Dead', 'Expired'];
/** The public tables that anybody may subscribe to, and those that a filter shows to thinkers only. */
const TABLES = ['agent', 'agent_profile', 'clock', 'event', 'holding', 'player', 'think_summary'];
const THINKING = ['think_request', 'think_context', 'think_outcome'];

type Row = Record<string, unknown>;

interface SpacetimeCaller extends Caller {
  readonly account: Account;
}

/** A world on a SpacetimeDB host that is its own. */
export async function openSpacetimeDb(): Promise<ArmWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'spellkave-arm-'));
  const binary = await findHost(console.log);
  const { wasm } = await buildModule('production', console.log);
  let host: Host = await startHost({ binary, folder });
  const account = await host.api.createAccount();
  await host.api.publish(DATABASE, wasm, account);
  const callerOf = (name: string, account: Account, agent = -1): SpacetimeCaller => ({
    name,
    agent,
    account,
    async call(command, ...args) {
      try {
        await host.api.call(DATABASE, command, args, account);
      } catch (error) {
        if (error instanceof Refused) throw new Rejection(error.message);
        throw error;
      }
    },
  });
  const owner = callerOf('owner', account);
  const sql = (query: string): Promise<Row[]> => host.api.sql(DATABASE, query, account);
  await owner.call('found_world', readMap());
  return {
    owner,
    async player(name) {
      const account = await host.api.createAccount();
      await callerOf(name, account).call('join', name);
      const [profile] = await sql(`SELECT id FROM agent_profile WHERE name = '${name}'`);
      return callerOf(name, account, Number(profile?.['id']));
    },
    stranger: async () => callerOf('stranger', await host.api.createAccount()),
    async thinker(): Promise<Thinker> {
      const account = await host.api.createAccount();
      await owner.call('grant_role', identityArgument(account), { Thinker: [] });
      const caller = callerOf('thinker', account);
      return { ...caller, lease: (count) => lease(sql, caller, count) };
    },
    listen: (as) => listen(host, (as as SpacetimeCaller).account),
    census: () => census(sql),
    async crash() {
      killHost(host);
      await host.ended;
      host = await startHost({ binary, folder, databases: [DATABASE] });
    },
    async close() {
      await host.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Leases, and reads what the caller holds besides what it held before. */
async function lease(sql: (query: string) => Promise<Row[]>, caller: SpacetimeCaller, count: number) {
  const own = async () =>
    (await sql('SELECT * FROM think_request')).filter(
      (row) => stateOf(row) === 'Leased' && JSON.stringify(row['lease_owner']).includes(caller.account.identity),
    );
  const key = (row: Row) => `${Number(row['id'])} ${Number(row['lease_epoch'])}`;
  const before = new Set((await own()).map(key));
  await caller.call('lease', count);
  const leased = (await own()).filter((row) => !before.has(key(row)));
  const contexts = new Map((await sql('SELECT * FROM think_context')).map((row) => [row['request'], row]));
  return leased.sort(byPriority).map((row) => ({
    request: Number(row['id']),
    leaseEpoch: Number(row['lease_epoch']),
    payload: String(contexts.get(row['id'])?.['payload']),
    refusal: String(contexts.get(row['id'])?.['refusal']),
  }));
}

const byPriority = (a: Row, b: Row) =>
  variant(a['priority']) - variant(b['priority']) || Number(a['id']) - Number(b['id']);

async function census(sql: (query: string) => Promise<Row[]>): Promise<Census> {
  const numbers = async (table: string) =>
    (await sql(`SELECT * FROM ${table}`)).sort((a, b) => Number(a['id']) - Number(b['id']));
  const [clock] = await numbers('clock');
  const number = (row: Row, column: string) => Number(row[column]);
  return {
    tick: Number(clock?.['tick']),
    agents: (await numbers('agent')).map((row) => ({ id: number(row, 'id'), place: number(row, 'place') })),
    holdings: (await numbers('holding')).map((row) => ({
      holder: number(row, 'holder'),
      good: number(row, 'good'),
      quantity: number(row, 'quantity'),
    })),
    events: (await numbers('event')).map((row) => ({
      id: number(row, 'id'),
      place: number(row, 'place'),
      kind: String(row['kind']),
      subject: number(row, 'subject'),
      object: number(row, 'object'),
      quantity: number(row, 'quantity'),
      gold: number(row, 'gold'),
      words: String(row['words']),
      request: number(row, 'request'),
    })),
    requests: (await numbers('think_request')).map((row) => ({
      id: number(row, 'id'),
      agent: number(row, 'agent'),
      state: stateOf(row),
      leaseEpoch: number(row, 'lease_epoch'),
    })),
  };
}

const variant = (cell: unknown) => Number((cell as [number])[0]);
const stateOf = (row: Row) => STATES[variant(row['state'])] ?? '';

/** As text, with a WebSocket of its own: an SDK would show only what it chose to keep. */
async function listen(host: Host, { token }: Account): Promise<Listener> {
  const url = `${host.url.replace('http', 'ws')}/v1/database/${DATABASE}/subscribe?compression=None&token=${token}`;
  const socket = new WebSocket(url, 'v1.json.spacetimedb');
  let heard = '';
  socket.addEventListener('message', ({ data }) => (heard += String(data)));
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error(`no connection to ${host.url}`)));
  });
  // Each by itself, since one that is refused would take the others with it.
  for (const [index, table] of [...TABLES, ...THINKING].entries()) {
    const query = { query: `SELECT * FROM ${table}`, request_id: index + 1, query_id: { id: index + 1 } };
    socket.send(JSON.stringify({ SubscribeSingle: query }));
  }
  return { heard: (text) => heard.includes(text), close: () => socket.close() };
}

/** The host itself and not its supervisor: nothing in it gets a last word. */
function killHost({ pid }: Host): void {
  const child = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
  if (!(child > 0)) throw new Error('the host has ended by itself');
  process.kill(child, 'SIGKILL');
}
