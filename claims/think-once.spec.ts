import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../spike/host/api.ts';
import { claim } from './harness/claim.ts';
import { atLeast, countFigure, exactly } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { newThinker, startThinkerProcess } from './harness/thinkers.ts';

/** Long enough that a killed thinker is killed in the middle of a thought. */
const THOUGHT_MS = 300;
const KILLS = 3;
const RACERS = 12;
/** The number of the variant, as the host's SQL spells it. */
const LEASED = 1;

claim('think-once', {
  kind: 'checked',
  why: 'Thinkers crash, networks repeat, leases run out while somebody still thinks. If any of that made an agent act twice, or never be asked again, no world could be trusted to it.',
  method:
    'Some hundred requests are thought by two thinkers in processes of their own, which are killed with SIGKILL in the middle of their thoughts, again and again, and started anew. Beside them raw callers race for other requests: the holder of a lease submits twice at once, gives the lease back while submitting, and comes back with its old epoch after another has claimed, and both submit. At the end each request must have ended once, with exactly one event, and none may be open.',
  control:
    'The check of the lease is broken in the lab build: the same races must then leave requests that acted more than once.',
  dependsOn: ['spike/thinker/*.ts', 'spike/client/*.ts'],
  async run(lab, scale) {
    await lab.call('lab_populate', 1_000);
    await lab.call('set_tempo', 100, 100, 0);
    const thinkers = [await newThinker(lab), await newThinker(lab)];
    const rounds = await scale.each(async () => {
      const killed = await thinkThroughKills(lab, thinkers, scale.of(60, 400));
      const raced = await race(lab, thinkers);
      return { killed, raced };
    });
    await lab.call('lab_break', { Lease: [] }, true);
    const broken = await race(lab, thinkers);
    await lab.call('lab_break', { Lease: [] }, false);

    const sum = (of: keyof Outcome) => rounds.map(({ killed, raced }) => killed[of] + raced[of]);
    const figure = (name: string, says: string, unit: string, values: number[]) =>
      countFigure({ arm: 'subject', name, label: says, unit }, values);
    const ended = figure('ended', 'Requests that ended', 'requests', sum('ended'));
    return {
      headline: `${ended.value.toLocaleString('en')} requests, each acted once`,
      checks: [
        exactly(figure('doubled', 'Requests that acted more than once', 'requests', sum('doubled')), 0),
        exactly(figure('silent', 'Requests that are done and never acted', 'requests', sum('silent')), 0),
        exactly(figure('open', 'Requests left open', 'requests', sum('open')), 0),
        atLeast(ended, rounds.length * scale.of(60, 400)),
        atLeast(figure('kills', 'Thinkers killed in a thought', 'kills', sum('kills')), rounds.length),
        atLeast(
          countFigure(
            { arm: 'control', name: 'doubled', label: 'Requests that acted more than once', unit: 'requests' },
            [broken.doubled],
          ),
          1,
        ),
      ],
      tallies: [
        {
          arm: 'subject',
          label: 'thinkers killed in their thoughts',
          outcomes: total(rounds.map(({ killed }) => killed)),
        },
        { arm: 'subject', label: 'races for a lease', outcomes: total(rounds.map(({ raced }) => raced)) },
        { arm: 'control', label: 'races, the lease not checked', outcomes: total([broken]) },
      ],
    };
  },
});

interface Outcome {
  ended: number;
  open: number;
  doubled: number;
  silent: number;
  kills: number;
}

async function thinkThroughKills(lab: Lab, thinkers: Account[], count: number): Promise<Outcome> {
  await lab.call('lab_forget_requests');
  await lab.call('lab_ask', count);
  const start = (account: Account) => startThinkerProcess(lab, account, THOUGHT_MS, 10);
  const running = await Promise.all(thinkers.map(start));
  let kills = 0;
  const heldBy = async (index: number) =>
    (await leases(lab)).filter(({ owner }) => owner.includes(thinkers[index]?.identity ?? '')).length;
  for (let kill = 0; kill < KILLS && (await openOf(lab)) > 0; kill++) {
    const victim = kill % 2;
    for (const end = Date.now() + 2_000; Date.now() < end && (await heldBy(victim)) === 0;) await sleep(10);
    await running[victim]?.();
    // It held leases when it died; whoever comes back as the same finds them.
    kills += (await heldBy(victim)) > 0 ? 1 : 0;
    running[victim] = await start(thinkers[victim] as Account);
  }
  for (const end = Date.now() + 60_000; Date.now() < end && (await openOf(lab)) > 0;) await sleep(100);
  await Promise.all(running.map((stop) => stop()));
  return { ...(await outcome(lab)), kills };
}

/** Everything at once that two callers can do with one lease. Refusals are expected; what counts is what is left. */
async function race(lab: Lab, [one, other]: Account[]): Promise<Outcome> {
  await lab.call('lab_forget_requests');
  await lab.call('lab_ask', RACERS);
  const call = (reducer: string, args: unknown[], account = one) =>
    lab.host.api.call(lab.database, reducer, args, account as Account).catch(() => {});
  const say = (request: number, epoch: number, words: string, account = one) =>
    call('submit', [request, epoch, { Say: words }], account);
  await call('lease', [RACERS]);
  await Promise.all(
    (await leases(lab)).map(({ id, epoch }, index) =>
      index % 2
        ? Promise.all([say(id, epoch, 'Once.'), say(id, epoch, 'Once.'), say(id, epoch + 1, 'Twice.', other)])
        : Promise.all([call('give_back', [id, epoch, 'given back', 0]), say(id, epoch, 'Late.')]),
    ),
  );
  // What was given back is claimed by the other, and both submit: the old holder with its old epoch.
  for (const end = Date.now() + 20_000; Date.now() < end && (await openOf(lab)) > 0; await sleep(250)) {
    await call('lease', [RACERS], other);
    await Promise.all(
      (await leases(lab)).map(({ id, epoch }) =>
        Promise.all([say(id, epoch - 1, 'Stale.'), say(id, epoch, 'Mine.', other), say(id, epoch - 1, 'Stale.')]),
      ),
    );
  }
  return { ...(await outcome(lab)), kills: 0 };
}

async function leases(lab: Lab): Promise<{ id: number; epoch: number; owner: string }[]> {
  return (await lab.sql('SELECT * FROM think_request'))
    .filter(({ state }) => (state as [number])[0] === LEASED)
    .map((row) => ({
      id: Number(row['id']),
      epoch: Number(row['lease_epoch']),
      owner: JSON.stringify(row['lease_owner']),
    }));
}

async function openOf(lab: Lab): Promise<number> {
  const [queue] = await lab.sql('SELECT * FROM think_queue');
  return Number(queue?.['pending']) + Number(queue?.['leased']);
}

async function outcome(lab: Lab): Promise<Omit<Outcome, 'kills'>> {
  const requests = await lab.sql('SELECT * FROM think_request');
  const acts = new Map<number, number>();
  for (const { request } of await lab.sql('SELECT request FROM event WHERE request > 0'))
    acts.set(Number(request), (acts.get(Number(request)) ?? 0) + 1);
  const open = requests.filter(({ state }) => (state as [number])[0] <= LEASED).length;
  return {
    ended: requests.length - open,
    open,
    doubled: requests.filter(({ id }) => (acts.get(Number(id)) ?? 0) > 1).length,
    silent: requests.filter(({ id, state }) => (state as [number])[0] === DONE && !acts.has(Number(id))).length,
  };
}

const DONE = 2;

function total(outcomes: Outcome[]): Record<string, number> {
  const of = (key: keyof Outcome) => outcomes.reduce((sum, outcome) => sum + outcome[key], 0);
  return { ended: of('ended'), 'left open': of('open'), 'acted more than once': of('doubled'), kills: of('kills') };
}
