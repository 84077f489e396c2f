import { setTimeout as sleep } from 'node:timers/promises';
import { Refused, type Account } from '../spike/host/api.ts';
import { until } from '../spike/until.ts';
import { claim } from './harness/claim.ts';
import { count } from './harness/figures.ts';
import type { Lab } from './harness/lab.ts';
import { of } from './harness/scale.ts';
import { leasesOf, openIn, requestsOf } from './instruments/requests.ts';
import { newThinker, startThinkerProcess } from './instruments/thinkers.ts';

/** Long enough that a killed thinker is killed in the middle of a thought. */
const THOUGHT_MS = 300;
const KILLS = 3;
const RACERS = 12;
const ASKED = of(60, 400);

claim('think-once', {
  kind: 'checked',
  minutes: { quick: 4, full: 5 },
  why: 'Thinkers crash, networks repeat, leases run out while somebody still thinks. If any of that made an agent act twice, or never be asked again, no world could be trusted to it.',
  method:
    'Some hundred requests are thought by two thinkers in separate processes, which are killed with SIGKILL in the middle of their thoughts, again and again, and started anew. At the same time raw callers race for other requests: the holder of a lease submits twice at once, gives the lease back while submitting, and comes back with its old epoch after another thinker, or it itself, has leased again, and both submit. At the end each request must have ended once, with exactly one event, none may be open, and no submit with an old epoch may have been applied.',
  control:
    'The check of the lease is broken in the lab build: the same races must then leave requests that acted more than once, and apply submits with an old epoch.',
  figures: {
    doubled: count('Requests that acted more than once', 'requests'),
    silent: count('Requests that are done and never acted', 'requests'),
    open: count('Requests left open', 'requests'),
    stale: count('Submits with an old epoch that were applied', 'submits'),
    staleTried: count('Leased requests to which an old epoch was submitted first', 'requests'),
    ended: count('Requests that ended', 'requests'),
    kills: count('Thinkers killed in a thought', 'kills'),
  },
  limits: ({ subject, control }, { rounds }) => [
    subject.doubled.exactly(0),
    subject.silent.exactly(0),
    subject.open.exactly(0),
    subject.stale.exactly(0),
    subject.staleTried.atLeast(rounds * RACERS),
    subject.ended.atLeast(rounds * ASKED),
    subject.kills.atLeast(rounds),
    control.doubled.atLeast(1),
    control.stale.atLeast(RACERS),
  ],
  headline: ({ subject }) => `${subject.ended.value.toLocaleString('en')} requests, each acted once`,
  async run({ lab, scale, subject, control, tally }) {
    await lab.call('lab_populate', 1_000);
    await lab.call('set_tempo', 100, 100, 0);
    const thinkers = [await newThinker(lab), await newThinker(lab)] as const;
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
      await race(lab, thinkers);
      await count(arm, label, 0);
      const { stale, tried } = await submitOldEpochs(lab, thinkers);
      arm.stale.add(stale);
      arm.staleTried.add(tried);
      await count(arm, label.replace('races', 'old epochs'), 0);
    };
    await scale.each(async () => {
      const kills = await thinkThroughKills(lab, thinkers);
      await count(subject, 'thinkers killed in their thoughts', kills);
      await raceOnce(subject, 'races');
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

/** Everything at once that two callers can do with one lease. Refusals are expected; what counts is what is left. */
async function race(lab: Lab, [one, other]: Thinkers): Promise<void> {
  await lab.call('lab_forget_requests');
  await lab.call('lab_ask', RACERS);
  await call(lab, one, 'lease', RACERS);
  const say = submitterIn(lab);
  await Promise.all(
    (await leasesOf(lab)).map(({ id, epoch }, index) =>
      index % 2
        ? Promise.all([say(one, id, epoch, 'Once.'), say(one, id, epoch, 'Once.'), say(other, id, epoch + 1, 'Twice.')])
        : Promise.all([call(lab, one, 'give_back', id, epoch, 'given back', 0), say(one, id, epoch, 'Late.')]),
    ),
  );
  // What was given back is leased by the other, and both submit: the old holder with its old epoch.
  for (const end = Date.now() + 20_000; Date.now() < end && (await openIn(lab)) > 0; await sleep(250)) {
    await call(lab, other, 'lease', RACERS);
    await Promise.all(
      (await leasesOf(lab)).map(({ id, epoch }) =>
        Promise.all([say(one, id, epoch - 1, 'Old.'), say(other, id, epoch, 'Mine.'), say(one, id, epoch - 1, 'Old.')]),
      ),
    );
  }
}

/**
 * Gives every lease back. Each is leased again, by the same thinker or by the other, and the first thing that the world
 * hears about it is a submit with the old epoch.
 * @returns how often that was tried, and how often it was applied
 */
async function submitOldEpochs(lab: Lab, [one, other]: Thinkers): Promise<{ tried: number; stale: number }> {
  await lab.call('lab_forget_requests');
  await lab.call('lab_ask', RACERS);
  await lab.callAs(one, 'lease', RACERS);
  for (const { id, epoch } of await leasesOf(lab, one)) await lab.callAs(one, 'give_back', id, epoch, 'given back', 0);
  const say = submitterIn(lab);
  const before = await staleEvents(lab);
  let tried = 0;
  for (const end = Date.now() + 20_000; Date.now() < end && (await openIn(lab)) > 0; await sleep(250)) {
    for (const holder of [one, other]) {
      await lab.callAs(holder, 'lease', RACERS / 4);
      for (const { id, epoch } of await leasesOf(lab, holder)) {
        tried++;
        await say(one, id, epoch - 1, STALE);
        await say(holder, id, epoch, 'Mine.');
      }
    }
  }
  return { tried, stale: (await staleEvents(lab)) - before };
}

type Thinkers = readonly [Account, Account];

function call(lab: Lab, account: Account, reducer: string, ...args: unknown[]): Promise<void> {
  return lab.callAs(account, reducer, ...args).catch(onlyRefusals);
}

const submitterIn = (lab: Lab) => (account: Account, request: number, epoch: number, words: string) =>
  call(lab, account, 'submit', request, epoch, { Say: words });

const STALE = 'Stale.';

async function staleEvents(lab: Lab): Promise<number> {
  return (await lab.sql(`SELECT id FROM event WHERE words = '${STALE}'`)).length;
}

function onlyRefusals(error: unknown): void {
  if (!(error instanceof Refused)) throw error;
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
