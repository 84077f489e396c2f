import { setTimeout as sleep } from 'node:timers/promises';
import { Trapped, type Account } from '../spike/host/api.ts';
import { buildModule } from '../spike/host/module.ts';
import { claim } from './harness/claim.ts';
import { atLeast, countFigure, exactly } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { Wire } from './harness/wire.ts';

/** Silence is no refusal. */
const PATIENCE_MS = 5_000;
const SCHEDULE = { scheduled_id: 0, scheduled_at: { Interval: [1_000_000] } };
const SOMEBODY = [`0x${'7'.repeat(64)}`];

/** Reducers with arguments that the host accepts, and the one role that may call each; nobody may call the last ones. */
const REDUCERS: [string, string, unknown[]][] = [
  ['owner', 'grant_role', [SOMEBODY, { Owner: [] }]],
  ['owner', 'revoke_role', [SOMEBODY]],
  ['owner', 'pause_clock', []],
  ['owner', 'set_tempo', [60_000, 1, 0]],
  ['owner', 'set_retention', [2_000]],
  ['owner', 'set_mind_policy', [{ Stopped: [] }, 0]],
  ['thinker', 'lease', [1]],
  ['thinker', 'submit', [1, 1, { Say: 'Forged.' }]],
  ['thinker', 'give_back', [1, 1, 'forged', 0]],
  ['archivist', 'acknowledge', [1_000_000, 1, '']],
  ['player', 'act', [{ Say: 'Forged.' }]],
  ['player', 'ask', [0, 'Forged?']],
  ['nobody', 'tick', [{ ...SCHEDULE, number: 1_000_000, due: [0] }]],
  ['nobody', 'watchdog', [SCHEDULE]],
  ['nobody', 'reap', [SCHEDULE]],
  ['nobody', 'init', []],
  ['nobody', 'client_connected', []],
  ['nobody', 'client_disconnected', []],
  ['nobody', 'teleport', [1, 2]],
];
const UNANSWERED = ['init', 'client_connected', 'client_disconnected', 'teleport'];
const WRITES = [
  "INSERT INTO place (id, name, description) VALUES (99, 'Forged', '')",
  'UPDATE agent SET place = 0',
  'UPDATE holding SET quantity = 1000000',
  'DELETE FROM agent',
  'UPDATE think_queue SET pending = 9',
  'DELETE FROM tick_schedule',
];
const PRIVATE = ['session', 'think_queue', 'think_budget', 'tick_schedule', 'reap_schedule', 'lab_fault'];
const WORLD = [
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
  'think_request',
];

claim('one-module', {
  kind: 'checked',
  why: 'Rules hold only where there is no way round them. If anything but a reducer could change the world, every other claim about it would be about half of the ways in.',
  method:
    'A stranger, a player, a thinker and an archivist, with nothing but HTTP and a WebSocket, try what they must not: writes in SQL by HTTP and as a query on the socket, every reducer of another role, of the scheduler and of the host, reducers that are not there, the module over itself, the end of the database, other names for it, and subscriptions to private tables. All must be refused; the rows of the world and its module must be what they were. The owner is left out: whoever holds the keys of the database may write by SQL, and the control shows it.',
  control:
    'With the check of roles broken in the lab build a stranger’s calls must be committed, and a write in SQL and a module by the owner must be too: the same attempts, through open doors.',
  async run(lab, scale) {
    const people: Record<string, Account> = {
      stranger: await lab.account(),
      player: await lab.account('Player'),
      thinker: await lab.account('Thinker'),
      archivist: await lab.account('Archivist'),
    };
    // Nobody else may change what is compared.
    await lab.call('pause_clock');
    const rounds = await scale.each(async () => {
      const before = await fingerprint(lab);
      const tries = new Tries();
      for (const [role, account] of Object.entries(people)) await tryAll(lab, tries, role, account);
      return { ...tries.counts, byKind: tries.byKind, changed: (await fingerprint(lab)) === before ? 0 : 1 };
    });
    const open = new Tries();
    await lab.call('lab_break', { Roles: [] }, true);
    const stranger = people['stranger'] as Account;
    await open.try('a role that is not checked', () => lab.callAs(stranger, 'set_retention', 3_000));
    await lab.call('lab_break', { Roles: [] }, false);
    const { wasm } = await buildModule('lab', console.log);
    await open.try("the owner's module", () => lab.host.api.publish(lab.database, wasm, lab.owner));
    await open.try("the owner's SQL", () => lab.sql("UPDATE agent_profile SET persona = 'Rewritten.' WHERE id = 0"));

    const figure = (name: string, says: string, unit: string, values: number[]) =>
      countFigure({ arm: 'subject', name, label: says, unit }, values);
    const refused = figure(
      'refused',
      'Illegal acts that were refused',
      'acts',
      rounds.map((round) => round.refused),
    );
    const kinds = [...new Set(rounds.flatMap(({ byKind }) => Object.keys(byKind)))];
    return {
      headline: `${refused.value} illegal acts, all refused`,
      checks: [
        exactly(
          figure(
            'done',
            'Illegal acts that were done',
            'acts',
            rounds.map((round) => round.done),
          ),
          0,
        ),
        atLeast(refused, rounds.length * 100),
        exactly(
          figure(
            'changed',
            'Rounds after which world or module were others',
            'rounds',
            rounds.map(({ changed }) => changed),
          ),
          0,
        ),
        // All doors of the control.
        atLeast(
          countFigure({ arm: 'control', name: 'done', label: 'Acts that were done', unit: 'acts' }, [open.counts.done]),
          3,
        ),
      ],
      tallies: [
        ...kinds.map((label) => ({
          arm: 'subject' as const,
          label,
          outcomes: {
            refused: rounds.reduce((sum, { byKind }) => sum + (byKind[label]?.refused ?? 0), 0),
            done: rounds.reduce((sum, { byKind }) => sum + (byKind[label]?.done ?? 0), 0),
          },
        })),
        ...Object.entries(open.byKind).map(([label, outcomes]) => ({ arm: 'control' as const, label, outcomes })),
      ],
    };
  },
});

interface Counts {
  refused: number;
  done: number;
}

class Tries {
  readonly counts: Counts = { refused: 0, done: 0 };
  readonly byKind: Record<string, { refused: number; done: number }> = {};

  /** Counts what became of an act: refused is whatever the host answers with an error, but for a trap. */
  async try(kind: string, act: () => Promise<unknown>): Promise<void> {
    const counts = (this.byKind[kind] ??= { refused: 0, done: 0 });
    const late = sleep(PATIENCE_MS, undefined, { ref: false }).then(() => {
      throw new Error(`${kind}: no answer`);
    });
    const outcome = await Promise.race([
      act().then(
        () => 'done' as const,
        (error: unknown) => {
          if (error instanceof Trapped) throw error;
          return 'refused' as const;
        },
      ),
      late,
    ]);
    counts[outcome]++;
    this.counts[outcome]++;
  }
}

async function tryAll(lab: Lab, tries: Tries, role: string, account: Account): Promise<void> {
  const { host, database } = lab;
  const wire = await Wire.open(host.url, database, account.token);
  const onWire = (answer: Promise<{ reason: string }>) =>
    answer.then(({ reason }) => {
      if (reason) throw new Error(reason);
    });
  for (const [may, reducer, args] of REDUCERS.filter(([may]) => may !== role)) {
    const kind = may === 'nobody' ? 'what nobody may call' : "another role's reducer";
    await tries.try(kind, () => lab.callAs(account, reducer, ...args));
    // The socket does not answer a call of these, so that only HTTP can tell.
    if (!UNANSWERED.includes(reducer)) await tries.try(kind, () => onWire(wire.call(reducer, args)));
  }
  for (const write of WRITES) {
    await tries.try('a write in SQL', () => host.api.sql(database, write, account));
    await tries.try('a write as a query', () => onWire(wire.query(write)));
  }
  for (const table of PRIVATE) {
    await tries.try('a private table', () => host.api.sql(database, `SELECT * FROM ${table}`, account));
    await tries.try('a private table', () => onWire(wire.subscribe(`SELECT * FROM ${table}`)));
  }
  const { wasm } = await buildModule('lab', console.log);
  await tries.try('the module', () => host.api.publish(database, wasm, account));
  await tries.try('the end of the database', () => host.api.remove(database, account));
  await tries.try('another name', () => rename(lab, account));
  await wire.close();
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
async function fingerprint(lab: Lab): Promise<string> {
  const rows = await Promise.all(WORLD.map((table) => lab.sql(`SELECT * FROM ${table}`)));
  const module = await (await fetch(`${lab.host.url}/v1/database/${lab.database}`)).text();
  return JSON.stringify([module, rows.map((each) => each.map((row) => JSON.stringify(row)).sort())]);
}
