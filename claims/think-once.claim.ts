import type { Account } from '../spike/host/api.ts';
import { until } from '../spike/until.ts';
import { claim } from './harness/claim.ts';
import { count } from './harness/figures.ts';
import type { Lab } from './harness/lab.ts';
import { of } from './harness/scale.ts';
import { askDuringReflections, race, submitOldEpochs } from './instruments/lease-races.ts';
import { leasesOf, openIn, requestsOf } from './instruments/requests.ts';
import { newThinker, startThinkerProcess } from './instruments/thinkers.ts';

/** Long enough that a killed thinker is killed in the middle of a thought. */
const THOUGHT_MS = 300;
const KILLS = of(2, 3);
const RACERS = 12;
/** Each asks three agents. */
const ASKERS = RACERS / 3;
const ASKED = of(60, 400);

claim('think-once', {
  kind: 'checked',
  minutes: { quick: 4, full: 5 },
  quickRounds: 1,
  why: 'Thinkers crash, networks repeat, leases run out while somebody still thinks. If any of that made an agent act twice, or never be asked again, no world could be trusted to it.',
  method:
    'Some hundred requests are thought by two thinkers in separate processes, which are killed with SIGKILL in the middle of their thoughts, again and again, and started anew. At the same time raw callers race for other requests: the holder of a lease submits twice at once, renews it and gives it back while submitting, after a refused answer or because its mind was unavailable, and comes back with its old epoch after another thinker, or it itself, has leased again, and both submit. Then players ask agents whose reflections are leased, and both thoughts of each agent are submitted at once. At the end each request must have ended once, with exactly one event, none may be open, and no submit with an old epoch may have been applied.',
  control:
    'The check of the lease is broken in the lab build: the same races must then leave requests that acted more than once, and apply submits with an old epoch.',
  figures: {
    doubled: count('Requests that acted more than once', 'requests'),
    silent: count('Requests that are done and never acted', 'requests'),
    open: count('Requests left open', 'requests'),
    stale: count('Submits with an old epoch that were applied', 'submits'),
    staleTried: count('Leased requests to which an old epoch was submitted first', 'requests'),
    ended: count('Requests that ended', 'requests'),
    renewals: count('Leases that were renewed before the race for them', 'leases'),
    outages: count('Leases given back because the mind was unavailable', 'leases'),
    pairs: count('Agents that thought about a question and a reflection at once', 'agents'),
    kills: count('Thinkers killed in a thought', 'kills'),
  },
  limits: ({ subject, control }, { rounds }) => [
    subject.doubled.exactly(0),
    subject.silent.exactly(0),
    subject.open.exactly(0),
    subject.stale.exactly(0),
    subject.staleTried.atLeast(rounds * RACERS),
    subject.ended.atLeast(rounds * ASKED),
    subject.renewals.atLeast(rounds * RACERS),
    subject.outages.atLeast((rounds * RACERS) / 2),
    subject.pairs.atLeast(rounds * RACERS),
    subject.kills.atLeast(rounds),
    control.doubled.atLeast(1),
    control.stale.atLeast(RACERS),
  ],
  headline: ({ subject }) => `${subject.ended.value.toLocaleString('en')} requests, each acted once`,
  async run({ lab, scale, subject, control, tally }) {
    await lab.call('lab_populate', 1_000);
    await lab.call('set_tempo', 100, 100, 0);
    const thinkers = [await newThinker(lab), await newThinker(lab)] as const;
    const askers = await Promise.all(
      Array.from({ length: ASKERS }, async (_, index) => {
        const account = await lab.account();
        await lab.callAs(account, 'join', `Asker ${index + 1}`);
        return account;
      }),
    );
    /** Adds what became of the requests that are there now. */
    const count = async (arm: typeof subject, label: string, kills: number) => {
      const { ended, open, doubled, silent } = await outcomeOf(lab);
      arm.ended.add(ended);
      arm.open.add(open);
      arm.doubled.add(doubled);
      arm.silent.add(silent);
      arm.kills.add(kills);
      const outcomes = { ended, 'left open': open, 'acted more than once': doubled, kills };
      tally(arm === control ? 'control' : 'subject', label, outcomes);
    };
    const raceOnce = async (arm: typeof subject, label: string) => {
      arm.renewals.add(await race(lab, thinkers, RACERS));
      await count(arm, label, 0);
      const { stale, tried, outages } = await submitOldEpochs(lab, thinkers, RACERS);
      arm.stale.add(stale);
      arm.staleTried.add(tried);
      arm.outages.add(outages);
      await count(arm, label.replace('races', 'old epochs'), 0);
    };
    await scale.each(async () => {
      const kills = await thinkThroughKills(lab, thinkers);
      await count(subject, 'thinkers killed in their thoughts', kills);
      await raceOnce(subject, 'races');
      subject.pairs.add(await askDuringReflections(lab, thinkers, askers));
      await count(subject, 'questions during reflections', 0);
    });
    await lab.call('lab_break', { Lease: [] }, true);
    await raceOnce(control, 'races, the lease not checked');
    await lab.call('lab_break', { Lease: [] }, false);
  },
});

/** @returns how many thinkers were killed while they held leases */
async function thinkThroughKills(lab: Lab, thinkers: readonly Account[]): Promise<number> {
  await lab.call('lab_forget_requests');
  await lab.call('lab_ask', ASKED);
  const start = (account: Account) => startThinkerProcess(lab, account, THOUGHT_MS, 10);
  const running = await Promise.all(thinkers.map(start));
  let kills = 0;
  for (let kill = 0; kill < KILLS && (await openIn(lab)) > 0; kill++) {
    const index = kill % 2;
    const victim = thinkers[index] as Account;
    const holds = async () => (await leasesOf(lab, victim)).length > 0;
    await until(holds, 2_000, 10);
    await running[index]?.();
    // It held leases when it died; a thinker that returns under the same identity finds them.
    if (await holds()) kills++;
    running[index] = await start(victim);
  }
  await until(async () => (await openIn(lab)) === 0, 60_000, 100);
  await Promise.all(running.map((stop) => stop()));
  return kills;
}

async function outcomeOf(lab: Lab): Promise<Record<'ended' | 'open' | 'doubled' | 'silent', number>> {
  const requests = await requestsOf(lab);
  const acts = new Map<number, number>();
  for (const { request } of await lab.sql('SELECT request FROM event WHERE request > 0'))
    acts.set(Number(request), (acts.get(Number(request)) ?? 0) + 1);
  const open = requests.filter(({ state }) => state === 'pending' || state === 'leased').length;
  return {
    ended: requests.length - open,
    open,
    doubled: requests.filter(({ id }) => (acts.get(id) ?? 0) > 1).length,
    silent: requests.filter(({ id, state }) => state === 'done' && !acts.has(id)).length,
  };
}
