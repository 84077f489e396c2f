import { BadRequest, Refused, type Account } from '../spike/host/api.ts';
import { claim } from './harness/claim.ts';
import { atLeast, countFigure, exactly } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { newThinker } from './harness/thinkers.ts';

const AGENTS = 30;
const FAR = 4_000_000_000;

/** What a mind, or whoever stole its token, may send. Each must come back with a reason. */
const KINDS: Record<string, (lease: Lease) => unknown[][]> = {
  malformed: ({ request, epoch }) => [
    [request, epoch, 'say hello'],
    [request, epoch, { Fly: 'to the moon' }],
    [request, epoch, { Say: 7 }],
    [request, epoch, { Say: 'one', Go: 'north' }],
    [request, epoch, { Give: { to: 1 } }],
    [request, epoch, { Give: { to: 1, good: 'gold', quantity: -1 } }],
    [request, epoch, { Give: { to: 1, good: 'gold', quantity: 2 ** 40 } }],
    [request, epoch, null],
    [request, epoch],
    ['one', epoch, { Wait: [] }],
    [request, -1, { Wait: [] }],
  ],
  forbidden: ({ request, epoch, agent }) =>
    [
      { Go: 'through the wall' },
      { Say: '' },
      { Say: 'a'.repeat(281) },
      { Say: 'one line\nand another' },
      { Say: '\u001b[2J' },
      { Give: { to: agent, good: 'gold', quantity: 1 } },
      { Give: { to: FAR, good: 'gold', quantity: 1 } },
      { Give: { to: (agent + 1) % AGENTS, good: 'gold', quantity: FAR } },
      { Give: { to: (agent + 1) % AGENTS, good: 'moonlight', quantity: 1 } },
      { Give: { to: (agent + 1) % AGENTS, good: 'gold', quantity: 0 } },
      { Buy: { good: 'salt', quantity: 1, gold: 0 } },
      { Buy: { good: 'gold', quantity: 1, gold: 1_000 } },
      { Sell: { good: 'apples', quantity: 1_000, gold: 0 } },
    ].map((action) => [request, epoch, action]),
  stale: ({ request, epoch, ended }) => [
    [request, epoch - 1, { Wait: [] }],
    [request, epoch + 1, { Wait: [] }],
    // Of the epoch that ended it this would be a repeat, which is Ok and does nothing.
    [ended, epoch + 1, { Say: 'Too late.' }],
    [FAR, epoch, { Wait: [] }],
  ],
};

interface Lease {
  request: number;
  epoch: number;
  agent: number;
  /** A request that is over, which somebody else thought. */
  ended: number;
}

claim('think-validated', {
  kind: 'checked',
  why: 'A model writes what it likes, and whoever runs a thinker is not the world. What a mind says must be able to do no more than the rules allow.',
  method:
    'Thirty requests are leased to a thinker. For each of them it submits every result of a list: malformed ones of wrong type, shape or range, forbidden ones that name no exit, no good, nobody here, too much or nothing, and stale ones of another epoch, another request or one that is over; a second thinker, who holds no lease, submits a lawful one. Every call must be refused with a reason. After each round the sums of all goods, the places of all agents, the events and the leases must be what they were.',
  control:
    'One lawful result for each round, among the bad ones, must be applied: else the world would refuse whatever comes.',
  async run(lab, scale) {
    const [thinker, other] = [await newThinker(lab), await newThinker(lab)];
    // Nobody else may move or trade, or the comparison would see them.
    await lab.call('pause_clock');
    const tries = new Tries(lab);
    const rounds = await scale.each(async () => {
      await lab.call('lab_forget_requests');
      await lab.call('lab_ask', AGENTS);
      const lawful = await endOne(lab, thinker);
      await lab.host.api.call(lab.database, 'lease', [100], thinker);
      const before = await fingerprint(lab);
      const leases = await leasesOf(lab);
      // Quick runs try every kind, on fewer leases.
      for (const lease of leases.slice(0, scale.of(6, AGENTS))) {
        for (const [kind, results] of Object.entries(KINDS))
          for (const args of results({ ...lease, ended: lawful.request })) await tries.submit(kind, args, thinker);
        await tries.submit("another's lease", [lease.request, lease.epoch, { Wait: [] }], other);
      }
      return { applied: lawful.applied, changed: (await fingerprint(lab)) === before ? 0 : 1 };
    });
    const total = (of: 'refused' | 'committed' | 'speechless') =>
      Object.values(tries.byKind).reduce((sum, counts) => sum + counts[of], 0);
    const figure = (name: string, says: string, value: number, unit: string) =>
      countFigure({ arm: 'subject', name, label: says, unit }, [value]);
    return {
      headline: `${total('refused').toLocaleString('en')} bad results, all refused`,
      checks: [
        exactly(figure('committed', 'Bad results that were applied', total('committed'), 'results'), 0),
        atLeast(figure('refused', 'Bad results that were refused', total('refused'), 'results'), scale.of(300, 1_000)),
        exactly(figure('speechless', 'Refusals without a reason', total('speechless'), 'results'), 0),
        exactly(
          countFigure(
            { arm: 'subject', name: 'changed', label: 'Rounds after which the world was another', unit: 'rounds' },
            rounds.map(({ changed }) => changed),
          ),
          0,
        ),
        atLeast(
          countFigure(
            { arm: 'control', name: 'applied', label: 'Lawful results that were applied', unit: 'results' },
            rounds.map(({ applied }) => applied),
          ),
          rounds.length,
        ),
      ],
      tallies: [
        ...Object.entries(tries.byKind).map(([label, { refused, committed }]) => ({
          arm: 'subject' as const,
          label,
          outcomes: { refused, committed },
        })),
        {
          arm: 'control' as const,
          label: 'lawful',
          outcomes: { refused: 0, committed: rounds.reduce((sum, { applied }) => sum + applied, 0) },
        },
      ],
    };
  },
});

/** Submits and counts what became of it. */
class Tries {
  readonly byKind: Record<string, { refused: number; committed: number; speechless: number }> = {};
  readonly #lab: Lab;

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  async submit(kind: string, args: unknown[], thinker: Account): Promise<void> {
    const counts = (this.byKind[kind] ??= { refused: 0, committed: 0, speechless: 0 });
    await this.#lab.host.api.call(this.#lab.database, 'submit', args, thinker).then(
      () => counts.committed++,
      (error: unknown) => {
        // A trap, or no answer at all, is no refusal.
        if (!(error instanceof Refused || error instanceof BadRequest)) throw error;
        counts.refused++;
        if (!/[a-z]{3}/i.test(error.message)) counts.speechless++;
      },
    );
  }
}

/** Thinks one request to its end, lawfully. */
async function endOne(lab: Lab, thinker: Account): Promise<{ request: number; applied: number }> {
  await lab.host.api.call(lab.database, 'lease', [1], thinker);
  const [lease] = await leasesOf(lab);
  const request = lease?.request ?? 0;
  await lab.host.api.call(lab.database, 'submit', [request, lease?.epoch ?? 0, { Say: 'Lawful.' }], thinker);
  return { request, applied: (await lab.sql(`SELECT * FROM event WHERE request = ${request}`)).length };
}

async function leasesOf(lab: Lab): Promise<Omit<Lease, 'ended'>[]> {
  return (await lab.sql('SELECT * FROM think_request'))
    .filter(({ lease_owner: owner, state }) => (owner as [number])[0] === 0 && (state as [number])[0] === LEASED)
    .map((row) => ({ request: Number(row['id']), epoch: Number(row['lease_epoch']), agent: Number(row['agent']) }));
}

/** The number of the variant, as the host's SQL spells it. */
const LEASED = 1;

/** Everything that a thought could change, as one text. */
async function fingerprint(lab: Lab): Promise<string> {
  const tables = ['agent', 'holding', 'event', 'think_request', 'think_outcome', 'role_grant'];
  const rows = await Promise.all(tables.map((table) => lab.sql(`SELECT * FROM ${table}`)));
  return JSON.stringify(rows.map((each) => each.map((row) => JSON.stringify(row)).sort()));
}
