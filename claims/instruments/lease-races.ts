import { setTimeout as sleep } from 'node:timers/promises';
import { Refused, type Account } from '../../spike/host/api.ts';
import type { Lab } from '../harness/lab.ts';
import { leasesOf, openIn } from './requests.ts';

export type Thinkers = readonly [Account, Account];

const PATIENCE_MS = 20_000;
const REFUSED = { Refused: [] };
const UNAVAILABLE = { Unavailable: [] };
const STALE = 'Stale.';

/**
 * Everything at once that two callers can do with one lease: answer, renew, give back, and repeat it. Refusals are
 * expected; what counts is what is left.
 * @returns how many renewals the world accepted
 */
export async function race(lab: Lab, [one, other]: Thinkers, racers: number): Promise<number> {
  await lab.call('lab_forget_requests');
  await lab.call('lab_ask', racers);
  await call(lab, one, 'lease', racers);
  const say = submitterIn(lab);
  let renewals = 0;
  const leases = await leasesOf(lab);
  for (const { id, epoch } of leases) if (await call(lab, one, 'renew', id, epoch)) renewals++;
  await Promise.all(
    leases.map(({ id, epoch }, index) => {
      const renew = [one, other].map((account) => call(lab, account, 'renew', id, epoch));
      const twice = () => [say(one, id, epoch, 'Once.'), say(one, id, epoch, 'Once.')];
      if (index % 2) return Promise.all([...renew, ...twice(), say(other, id, epoch + 1, 'Twice.')]);
      const back = giveBack(lab, one, id, epoch, index);
      return Promise.all([...renew, back, say(one, id, epoch, 'Late.'), giveBack(lab, one, id, epoch, index + 2)]);
    }),
  );
  // What was given back is leased by the other, and both submit: the old holder with its old epoch.
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end && (await openIn(lab)) > 0; await sleep(250)) {
    await call(lab, other, 'lease', racers);
    await Promise.all(
      (await leasesOf(lab)).map(({ id, epoch }) =>
        Promise.all([
          say(one, id, epoch - 1, 'Old.'),
          call(lab, one, 'renew', id, epoch - 1),
          say(other, id, epoch, 'Mine.'),
          say(one, id, epoch - 1, 'Old.'),
        ]),
      ),
    );
  }
  return renewals;
}

/**
 * Gives every lease back, half of them because the mind was unavailable. Each is leased again, by the same thinker or by
 * the other, and the first thing that the world hears about it is a submit with the old epoch.
 * @returns how often that was tried, how often it was applied, and how many leases were given back as unavailable
 */
export async function submitOldEpochs(
  lab: Lab,
  [one, other]: Thinkers,
  racers: number,
): Promise<{ tried: number; stale: number; outages: number }> {
  await lab.call('lab_forget_requests');
  await lab.call('lab_ask', racers);
  await lab.callAs(one, 'lease', racers);
  let outages = 0;
  for (const [index, { id, epoch }] of (await leasesOf(lab, one)).entries()) {
    const isOutage = index % 2 > 0;
    if ((await giveBack(lab, one, id, epoch, isOutage ? 2 : 0)) && isOutage) outages++;
  }
  const say = submitterIn(lab);
  const before = await staleEvents(lab);
  let tried = 0;
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end && (await openIn(lab)) > 0; await sleep(250)) {
    for (const holder of [one, other]) {
      await lab.callAs(holder, 'lease', racers / 4);
      for (const { id, epoch } of await leasesOf(lab, holder)) {
        tried++;
        await say(one, id, epoch - 1, STALE);
        await say(holder, id, epoch, 'Mine.');
      }
    }
  }
  return { tried, stale: (await staleEvents(lab)) - before, outages };
}

/**
 * Asks each agent while its reflection is leased. Then both thoughts of an agent are submitted at once, each twice.
 * @returns how many agents thought about a question and a reflection at once
 */
export async function askDuringReflections(
  lab: Lab,
  [one, other]: Thinkers,
  askers: readonly Account[],
): Promise<number> {
  await lab.call('lab_forget_requests');
  const agents = 3 * askers.length;
  await lab.call('lab_ask', agents);
  await lab.callAs(one, 'lease', agents);
  for (let agent = 0; agent < agents; agent++)
    await lab.callAs(askers[Math.floor(agent / 3)]!, 'ask', agent, 'What are you thinking of?');
  await lab.callAs(other, 'lease', agents);
  const leases = await leasesOf(lab);
  const say = submitterIn(lab);
  await Promise.all(
    leases.flatMap(({ id, epoch, owner }) => {
      const [holder, rival] = owner === one.identity ? [one, other] : [other, one];
      return [holder, rival, holder].map((account) => say(account, id, epoch, 'Two things at once.'));
    }),
  );
  const thoughts = Map.groupBy(leases, ({ agent }) => agent);
  return [...thoughts.values()].filter((both) => both.length === 2).length;
}

/** @returns whether the world accepted the call */
function call(lab: Lab, account: Account, reducer: string, ...args: unknown[]): Promise<boolean> {
  return lab.callAs(account, reducer, ...args).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Refused) return false;
      throw error;
    },
  );
}

/** Of every four leases the world hears the one cause for two, and the other for two. */
function giveBack(lab: Lab, account: Account, request: number, epoch: number, index: number): Promise<boolean> {
  return call(lab, account, 'give_back', request, epoch, index % 4 < 2 ? REFUSED : UNAVAILABLE, 'given back', 0);
}

const submitterIn = (lab: Lab) => (account: Account, request: number, epoch: number, words: string) =>
  call(lab, account, 'submit', request, epoch, { Say: words });

async function staleEvents(lab: Lab): Promise<number> {
  return (await lab.sql(`SELECT id FROM event WHERE words = '${STALE}'`)).length;
}
