import type { Account } from '../spike/host/api.ts';
import { Refused } from '../spike/host/api.ts';
import { claim } from './harness/claim.ts';
import { atLeast, countFigure, exactly } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';

/** Far beyond any tick that the world reaches by itself. */
const FORGED = 1_000_000;

claim('clock-guard', {
  kind: 'checked',
  why: 'Scheduled reducers are callable by every client of a 1.x host. Whoever could tick would own the time of the world.',
  method:
    'Somebody of each role, the owner included, and a stranger call each scheduled reducer by HTTP with well-formed arguments. The call must be refused with a reason, and the clock must not show the forged tick.',
  control: 'The guard is switched off in the lab build: the same calls by the same people must then be committed.',
  async run(lab, scale) {
    const people = await peopleOf(lab);
    const attempt = () => scale.each(() => everybodyTries(lab, people, FORGED));
    const guarded = await attempt();
    const forgedTicks = (await lab.lastTick()) >= FORGED ? 1 : 0;
    await lab.call('lab_break', { ClockGuard: [] }, true);
    const open = await attempt();
    await lab.call('lab_break', { ClockGuard: [] }, false);

    const committed = (round: Attempts) => Object.values(round).reduce((sum, { committed }) => sum + committed, 0);
    const tried = (round: Attempts) => Object.values(round).reduce((sum, { refused }) => sum + refused, 0);
    const says = { name: 'committed', label: 'Forged calls committed', unit: 'calls' };
    const refused = atLeast(
      countFigure(
        { arm: 'subject', name: 'refused', label: 'Forged calls refused', unit: 'calls' },
        guarded.map(tried),
      ),
      scale.rounds * Object.keys(people).length * REDUCERS.length,
    );
    return {
      headline: `${refused.value} forged calls, all refused`,
      checks: [
        exactly(countFigure({ arm: 'subject', ...says }, guarded.map(committed)), 0),
        refused,
        exactly(
          countFigure({ arm: 'subject', name: 'forged', label: 'Forged ticks on the clock', unit: 'ticks' }, [
            forgedTicks,
          ]),
          0,
        ),
        atLeast(countFigure({ arm: 'control', ...says }, open.map(committed)), refused.limit),
      ],
      tallies: [
        ...Object.keys(people).map((who) => ({ arm: 'subject' as const, label: who, outcomes: total(guarded, who) })),
        ...Object.keys(people).map((who) => ({
          arm: 'control' as const,
          label: `${who}, guard off`,
          outcomes: total(open, who),
        })),
      ],
    };
  },
});

type Attempts = Record<string, { refused: number; committed: number }>;

const REDUCERS = [
  { name: 'tick', argument: (number: number) => ({ scheduled_id: 0, scheduled_at: { Time: [0] }, number, due: [0] }) },
  { name: 'watchdog', argument: () => ({ scheduled_id: 0, scheduled_at: { Interval: [1_000_000] } }) },
  { name: 'reap', argument: () => ({ scheduled_id: 0, scheduled_at: { Interval: [1_000_000] } }) },
];

async function peopleOf(lab: Lab): Promise<Record<string, Account>> {
  const people: Record<string, Account> = { stranger: await lab.host.api.createAccount() };
  for (const role of ['Player', 'Thinker', 'Archivist']) {
    const account = await lab.host.api.createAccount();
    await lab.call('grant_role', [`0x${account.identity}`], { [role]: [] });
    people[role.toLowerCase()] = account;
  }
  return { ...people, owner: lab.owner };
}

async function everybodyTries(lab: Lab, people: Record<string, Account>, forged: number): Promise<Attempts> {
  const attempts: Attempts = {};
  for (const [who, account] of Object.entries(people)) {
    const counts = { refused: 0, committed: 0 };
    for (const { name, argument } of REDUCERS) {
      try {
        await lab.host.api.call(lab.database, name, [argument(forged)], account);
        counts.committed++;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        counts.refused++;
      }
    }
    attempts[who] = counts;
  }
  return attempts;
}

function total(rounds: Attempts[], who: string): Attempts[string] {
  const of = (key: 'refused' | 'committed') => rounds.reduce((sum, round) => sum + (round[who]?.[key] ?? 0), 0);
  return { refused: of('refused'), committed: of('committed') };
}
