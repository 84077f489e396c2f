import type { Account } from '../spike/host/api.ts';
import { until } from '../spike/until.ts';
import { claim } from './harness/claim.ts';
import { count } from './harness/figures.ts';
import type { Lab } from './harness/lab.ts';
import { fingerprint } from './instruments/fingerprint.ts';
import { leasesOf } from './instruments/requests.ts';
import { newThinker } from './instruments/thinkers.ts';
import { byWorldOrForShape, Tries } from './instruments/tries.ts';

const AGENTS = 30;
const FAR = 4_000_000_000;
/** Of a request that was refused once: longer than its back-off. */
const PATIENCE_MS = 15_000;

/** What a mind, or a thief of its token, may send. Each must come back with a reason. */
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
  /** A request that is over, which has ended. */
  ended: number;
}

claim('think-validated', {
  kind: 'checked',
  minutes: { quick: 3, full: 3 },
  why: 'A model writes what it likes, and the person who runs a thinker is not the world. What a mind says must be able to do no more than the rules allow.',
  method:
    'Thirty requests are leased to a thinker. For each of them it submits every result of a list: malformed ones of wrong type, shape or range, forbidden ones that name no exit, no good, nobody here, too much or nothing, and stale ones of another epoch, another request or one that is over; a second thinker, who holds no lease, submits a lawful one. Every call must be refused with a reason. After each round the sums of all goods, the places of all agents, the events and the leases must be what they were. Then a bad result is given back with the world’s reason, and the next attempt must get that reason.',
  control:
    'One lawful result for each round, among the bad ones, must be applied: otherwise the world would refuse everything.',
  figures: {
    committed: count('Bad results that were applied', 'results'),
    refused: count('Bad results that were refused', 'results'),
    speechless: count('Refusals without a reason', 'results'),
    changed: count('Rounds after which the world was different', 'rounds'),
    returned: count('Refusals that the next attempt got', 'refusals'),
    applied: count('Lawful results that were applied', 'results'),
  },
  limits: ({ subject, control }, scale) => [
    subject.committed.exactly(0),
    subject.refused.atLeast(scale.of(300, 1_000)),
    subject.speechless.exactly(0),
    subject.changed.exactly(0),
    subject.returned.atLeast(scale.rounds),
    control.applied.atLeast(scale.rounds),
  ],
  headline: ({ subject }) => `${subject.refused.value.toLocaleString('en')} bad results, all refused`,
  async run({ lab, scale, subject, control, tally }) {
    const [thinker, other] = [await newThinker(lab), await newThinker(lab)];
    // Nobody else may move or trade, or the comparison would see them.
    await lab.call('pause_clock');
    await scale.each(async () => {
      await lab.call('lab_forget_requests');
      await lab.call('lab_ask', AGENTS);
      const lawful = await endOne(lab, thinker);
      control.applied.add(lawful.applied);
      tally('control', 'lawful', { refused: 0, committed: lawful.applied });
      await lab.callAs(thinker, 'lease', 100);
      const before = await fingerprint(lab, TABLES);
      const tries = new Tries();
      const submit = (kind: string, args: unknown[], account = thinker) =>
        tries.try(kind, byWorldOrForShape, () => lab.callAs(account, 'submit', ...args));
      // Quick runs try every kind, on fewer leases.
      for (const { id, epoch, agent } of (await leasesOf(lab)).slice(0, scale.of(6, AGENTS))) {
        const lease = { request: id, epoch, agent, ended: lawful.request };
        for (const [kind, results] of Object.entries(KINDS))
          for (const args of results(lease)) await submit(kind, args);
        await submit("another's lease", [id, epoch, { Wait: [] }], other);
      }
      subject.committed.add(tries.total('done'));
      subject.refused.add(tries.total('refused'));
      subject.speechless.add(tries.total('speechless'));
      subject.changed.add((await fingerprint(lab, TABLES)) === before ? 0 : 1);
      subject.returned.add(await returnRefusal(lab, thinker));
      for (const [kind, { refused, done }] of Object.entries(tries.byKind))
        tally('subject', kind, { refused, committed: done });
    });
  },
});

/** Everything that a thought could change. */
const TABLES = { filled: ['agent', 'holding', 'event', 'think_request', 'think_outcome', 'role_grant'] };

/** Thinks one request to its end, lawfully. */
async function endOne(lab: Lab, thinker: Account): Promise<{ request: number; applied: number }> {
  await lab.callAs(thinker, 'lease', 1);
  const [lease] = await leasesOf(lab);
  if (!lease) throw new Error('no request could be leased');
  await lab.callAs(thinker, 'submit', lease.id, lease.epoch, { Say: 'Lawful.' });
  return { request: lease.id, applied: (await lab.sql(`SELECT * FROM event WHERE request = ${lease.id}`)).length };
}

/**
 * Submits a bad result, gives its request back with the reason, and leases it again.
 * @returns 1 if the context of the new attempt has the reason, otherwise 0
 */
async function returnRefusal(lab: Lab, thinker: Account): Promise<number> {
  const [lease] = await leasesOf(lab, thinker);
  if (!lease) throw new Error('the thinker holds no lease to give back');
  const { id, epoch } = lease;
  const reason = await lab.callAs(thinker, 'submit', id, epoch, { Go: 'through the wall' }).then(
    () => Promise.reject(new Error('a way through the wall was applied')),
    (error: Error) => error.message,
  );
  await lab.callAs(thinker, 'give_back', id, epoch, { Refused: [] }, reason, 0);
  const isLeasedAgain = async () => {
    await lab.callAs(thinker, 'lease', 1);
    return (await leasesOf(lab, thinker)).some((again) => again.id === id && again.epoch > epoch);
  };
  if (!(await until(isLeasedAgain, PATIENCE_MS, 100))) throw new Error(`request ${id} was not leased again`);
  const [context] = await lab.sql(`SELECT * FROM think_context WHERE request = ${id}`);
  return context?.['refusal'] === reason ? 1 : 0;
}
