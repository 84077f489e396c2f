import type { Account } from '../spike/host/api.ts';
import { FORGED_TICK, reducersOf } from '../spike/world/reducers.fixture.ts';
import { claim } from './harness/claim.ts';
import { count } from './harness/figures.ts';
import type { Lab } from './harness/lab.ts';
import { forRole, Tries } from './instruments/tries.ts';

const SCHEDULED = reducersOf('scheduler');
const ROLES = ['stranger', 'player', 'thinker', 'archivist', 'owner'];

claim('clock-guard', {
  kind: 'checked',
  minutes: { quick: 2, full: 2 },
  why: 'On a 1.x host every client can call scheduled reducers. Anyone who could call `tick` would control the time of the world.',
  method:
    'A stranger and an account of each role, including the owner, call each scheduled reducer over HTTP with well-formed arguments. The world must refuse each call because of its caller, and the clock must not show the forged tick.',
  control: 'The lab build switches the guard off; the same calls by the same accounts must then be committed.',
  figures: {
    committed: count('Forged calls committed', 'calls'),
    refused: count('Forged calls refused', 'calls'),
    forged: count('Forged ticks on the clock', 'ticks'),
  },
  limits({ subject, control }, { rounds }) {
    const calls = rounds * ROLES.length * SCHEDULED.length;
    return [
      subject.committed.exactly(0),
      subject.refused.atLeast(calls),
      subject.forged.exactly(0),
      control.committed.atLeast(calls),
    ];
  },
  headline: ({ subject }) => `${subject.refused.value} forged calls, all refused`,
  async run({ lab, scale, subject, control, tally }) {
    const people = await peopleOf(lab);
    const attempt = async (arm: 'subject' | 'control', figures: typeof subject) => {
      for (const [who, account] of Object.entries(people)) {
        const tries = new Tries();
        for (const { name, args } of SCHEDULED)
          await tries.try(name, forRole, () => lab.callAs(account, name, ...args));
        const [refused, committed] = [tries.total('refused'), tries.total('done')];
        figures.refused.add(refused);
        figures.committed.add(committed);
        tally(arm, arm === 'subject' ? who : `${who}, guard off`, { refused, committed });
      }
    };
    await scale.each(() => attempt('subject', subject));
    subject.forged.add((await lab.lastTick()) >= FORGED_TICK ? 1 : 0);
    await lab.call('lab_break', { ClockGuard: [] }, true);
    await scale.each(() => attempt('control', control));
    await lab.call('lab_break', { ClockGuard: [] }, false);
  },
});

async function peopleOf(lab: Lab): Promise<Record<string, Account>> {
  const people: Record<string, Account> = { stranger: await lab.account(), owner: lab.owner };
  for (const role of ['Player', 'Thinker', 'Archivist', 'Relay'] as const)
    people[role.toLowerCase()] = await lab.account(role);
  return Object.fromEntries(ROLES.map((role) => [role, people[role] as Account]));
}
