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
/** How the host refuses what is not a reducer's to refuse. */
const NO_REDUCER = /no such reducer/;
const LIFECYCLE_ONLY = /can't directly call special/;
const NO_WRITE = /Only owners are authorized|is not a valid table/;
const NO_QUERY = /Non-SELECT/;
const NO_TABLE = /is not a valid table/;
const NOT_OWNER = /does not own database|NotYourDatabase/;
/** What must be the same after each round. */
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
    'clock',
    'archive',
    'mind_policy',
  ],
  others: ['think_request'],
};

claim('one-module', {
  kind: 'checked',
  minutes: { quick: 2, full: 3 },
  reads: [CONTRACT],
  why: 'Rules hold only if there is no way round them. If anything but a reducer could change the world, every other claim about it would be about half of the ways in.',
  method:
    'A stranger, a player, a thinker and an archivist, with nothing but HTTP and a WebSocket, try what they must not: writes in SQL by HTTP and as a query on the socket, every reducer of another role, of the scheduler and of the host, reducers that are not there, the module over itself, the end of the database, other names for it, and subscriptions to private tables. All must be refused for the right reason: a reducer because of the role, everything else in the host’s own words for it. The rows of the world and its module must be what they were, and every reducer of the contract must have been tried. The owner is left out: the owner of the database may write by SQL, and the control shows it.',
  control:
    'With the check of roles broken in the lab build a stranger’s calls must be committed, and a write in SQL and a module by the owner must be too: the same attempts, through open doors.',
  figures: {
    done: count('Illegal acts that were done', 'acts'),
    refused: count('Illegal acts that were refused', 'acts'),
    changed: count('Rounds after which world or module were different', 'rounds'),
    untried: count('Reducers of the contract that were not tried', 'reducers'),
  },
  limits: ({ subject, control }, { rounds }) => [
    subject.done.exactly(0),
    subject.refused.atLeast(rounds * 100),
    subject.changed.exactly(0),
    subject.untried.exactly(0),
    // All doors of the control.
    control.done.atLeast(3),
  ],
  headline: ({ subject }) => `${subject.refused.value} illegal acts, all refused`,
  async run({ lab, scale, subject, control, tally }) {
    const people: Partial<Record<Caller, Account>> = {
      stranger: await lab.account(),
      player: await lab.account('Player'),
      thinker: await lab.account('Thinker'),
      archivist: await lab.account('Archivist'),
    };
    // A table that is not there would be refused too.
    for (const table of PRIVATE) await lab.sql(`SELECT * FROM ${table}`);
    // So that there is an event to compare.
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
      throw new Error('an act of the control was answered as done and changed nothing');
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
  // The socket does not answer a call of these, so that only HTTP can tell.
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

/** Every row that makes up the world, and the module that runs it, as one text. */
async function stateOf(lab: Lab): Promise<string> {
  const response = await fetch(`${lab.host.url}/v1/database/${lab.database}`);
  if (!response.ok) throw new Error(`the host does not tell its module: ${response.status}`);
  return (await response.text()) + (await fingerprint(lab, WORLD));
}
