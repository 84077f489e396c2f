import { readFileSync } from 'node:fs';
import { Refused, type Account } from '../spike/host/api.ts';
import type { Contract } from '../spike/host/contract.ts';
import { buildModule } from '../spike/host/module.ts';
import { LIFECYCLE, REDUCERS, type Caller } from '../spike/world/reducers.fixture.ts';
import { claim } from './harness/claim.ts';
import { count } from './harness/figures.ts';
import type { Lab } from './harness/lab.ts';
import { fingerprint } from './instruments/fingerprint.ts';
import { forRole, inWords, Tries } from './instruments/tries.ts';
import { Wire } from './instruments/wire.ts';

const CONTRACT = 'spike/world/contract.json';
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
const NO_REDUCER = /no such reducer/;
const LIFECYCLE_ONLY = /can't directly call special/;
const NO_WRITE = /Only owners are authorized|is not a valid table/;
const NO_QUERY = /Non-SELECT/;
const NO_TABLE = /is not a valid table/;
const NOT_OWNER = /does not own database|NotYourDatabase/;
/** Tables that must be unchanged after each round. */
const WORLD = {
  filled: [
    'place',
    'exit',
    'route',
    'agent',
    'agent_profile',
    'holding',
    'event',
    'role_grant',
    'region',
    'clock',
    'archive',
    'mind_policy',
  ],
  others: ['think_request', 'peer', 'departure', 'arrival', 'passport', 'visitor'],
};

claim('one-module', {
  kind: 'checked',
  minutes: { quick: 2, full: 3 },
  reads: [CONTRACT],
  why: 'Rules hold only if nothing can bypass them. If anything but a reducer could change the world, every other claim would cover only some of the ways in.',
  method:
    'A stranger, a player, a thinker, an archivist and a relay use HTTP and a WebSocket to try what they must not do: SQL writes over HTTP and as socket queries, every reducer of another role, of the scheduler and of the host, reducers that do not exist, publishing over the module, deleting or renaming the database, and subscribing to private tables. Each attempt must be refused for the right reason: a reducer because of the caller’s role, anything else with the host’s own message for it. The world’s rows and its module must be unchanged, and every reducer of the contract must have been tried. The owner does not take part, because the owner of a database may write with SQL, as the control shows.',
  control:
    'With the role check broken in the lab build, a stranger’s call must be committed; so must the owner’s SQL write and the owner’s module. These are the same attempts where they are allowed.',
  figures: {
    done: count('Illegal acts that succeeded', 'acts'),
    refused: count('Illegal acts refused', 'acts'),
    changed: count('Rounds that changed the world or the module', 'rounds'),
    untried: count('Reducers of the contract not tried', 'reducers'),
  },
  limits: ({ subject, control }, { rounds }) => [
    subject.done.exactly(0),
    subject.refused.atLeast(rounds * 100),
    subject.changed.exactly(0),
    subject.untried.exactly(0),
    // One for each way in that the control opens.
    control.done.atLeast(3),
  ],
  headline: ({ subject }) => `${subject.refused.value} illegal acts, all refused`,
  async run({ lab, scale, subject, control, tally }) {
    const people: Partial<Record<Caller, Account>> = {
      stranger: await lab.account(),
      player: await lab.account('Player'),
      thinker: await lab.account('Thinker'),
      archivist: await lab.account('Archivist'),
      relay: await lab.account('Relay'),
    };
    // A table that does not exist would be refused too.
    for (const table of PRIVATE) await lab.sql(`SELECT * FROM ${table}`);
    // Makes an event to compare.
    await lab.callAs(await lab.account(), 'join', 'Witness');
    // Nobody else may change what is compared.
    await lab.call('pause_clock');
    await scale.each(async () => {
      const before = await stateOf(lab);
      const tries = new Tries();
      const tried = new Set<string>();
      for (const [role, account] of Object.entries(people))
        for (const reducer of await tryAll(lab, tries, role as Caller, account)) tried.add(reducer);
      subject.done.add(tries.total('done'));
      subject.refused.add(tries.total('refused'));
      subject.changed.add((await stateOf(lab)) === before ? 0 : 1);
      const { reducers } = JSON.parse(readFileSync(CONTRACT, 'utf8')) as Contract;
      subject.untried.add(Object.keys(reducers).filter((name) => !tried.has(name)).length);
      for (const [kind, { refused, done }] of Object.entries(tries.byKind)) tally('subject', kind, { refused, done });
    });

    const open = new Tries();
    const never = () => false;
    await lab.call('lab_break', { Roles: [] }, true);
    const stranger = await lab.account();
    await open.try('a role that is not checked', never, () => lab.callAs(stranger, 'set_retention', 3_000));
    await lab.call('lab_break', { Roles: [] }, false);
    const { wasm } = await buildModule('lab', console.log);
    await open.try("the owner's module", never, () => lab.host.api.publish(lab.database, wasm, lab.owner));
    const rewrite = "UPDATE agent_profile SET persona = 'Rewritten.' WHERE id = 0";
    await open.try("the owner's SQL", never, () => lab.sql(rewrite));
    const [profile] = await lab.sql('SELECT persona FROM agent_profile WHERE id = 0');
    const [archive] = await lab.sql('SELECT window_ms FROM archive');
    if (profile?.['persona'] !== 'Rewritten.' || Number(archive?.['window_ms']) !== 3_000)
      throw new Error('the host accepted an act of the control, but nothing changed');
    control.done.add(open.total('done'));
    for (const [kind, { refused, done }] of Object.entries(open.byKind)) tally('control', kind, { refused, done });
  },
});

/** @returns the reducers that were tried */
async function tryAll(lab: Lab, tries: Tries, role: Caller, account: Account): Promise<string[]> {
  const { host, database } = lab;
  const wire = await Wire.open(host.url, database, account.token);
  const onWire = async (answer: Promise<{ reason: string }>) => {
    const { reason } = await answer;
    if (reason) throw new Refused(reason);
  };
  const forbidden = REDUCERS.filter(({ may }) => !may.includes(role));
  for (const { name, may, args, refusal } of forbidden) {
    const kind = may.includes('scheduler') ? 'what nobody may call' : "another role's reducer";
    const isRefusal = refusal ? inWords(new RegExp(refusal)) : forRole;
    await tries.try(kind, isRefusal, () => lab.callAs(account, name, ...args));
    await tries.try(kind, isRefusal, () => onWire(wire.call(name, args)));
  }
  // The socket does not answer calls of these, so try HTTP only.
  for (const name of LIFECYCLE)
    await tries.try('what nobody may call', inWords(LIFECYCLE_ONLY), () => lab.callAs(account, name));
  await tries.try('what nobody may call', inWords(NO_REDUCER), () => lab.callAs(account, 'teleport', 1, 2));
  for (const write of WRITES) {
    await tries.try('a write in SQL', inWords(NO_WRITE), () => host.api.sql(database, write, account));
    await tries.try('a write as a query', inWords(NO_QUERY), () => onWire(wire.query(write)));
  }
  for (const table of PRIVATE) {
    const query = `SELECT * FROM ${table}`;
    await tries.try('a private table', inWords(NO_TABLE), () => host.api.sql(database, query, account));
    await tries.try('a private table', inWords(NO_TABLE), () => onWire(wire.subscribe(query)));
  }
  const { wasm } = await buildModule('lab', console.log);
  await tries.try('the module', inWords(NOT_OWNER), () => host.api.publish(database, wasm, account));
  await tries.try('the end of the database', inWords(NOT_OWNER), () => host.api.remove(database, account));
  await tries.try('another name', inWords(NOT_OWNER), () => rename(lab, account));
  await wire.close();
  return forbidden.map(({ name }) => name);
}

async function rename({ host, database }: Lab, account: Account): Promise<void> {
  const response = await fetch(`${host.url}/v1/database/${database}/names`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${account.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(['forged']),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** Every row of the world, and the module that runs it, as one text. */
async function stateOf(lab: Lab): Promise<string> {
  const response = await fetch(`${lab.host.url}/v1/database/${lab.database}`);
  if (!response.ok) throw new Error(`the host does not describe the database: ${response.status}`);
  return (await response.text()) + (await fingerprint(lab, WORLD));
}
