import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../spike/host/api.ts';
import { claim } from './harness/claim.ts';
import { killHost } from './harness/host-process.ts';
import { atLeast, atMost, countFigure, exactly, never, quantileFigure } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { newThinker } from './harness/thinkers.ts';

/** How often the pinned host syncs its log: what is older must survive. */
const SYNC_MS = 500;
const SPEAKERS = 24;
const ASKED = 200;
const LOAD_MS = 1_200;
const [LEASED, DONE] = [1, 2];

claim('crash-loss', {
  kind: 'finding',
  why: 'The pinned host answers before its log is on disk. What a crash can take back decides what anybody outside may do on the strength of an answer.',
  method:
    'Players speak, give and pay, and a thinker submits one thought after another, all as fast as the host answers, and each answer is noted with its time. In the midst of it the host’s process is killed with SIGKILL and started again on the same data, again and again. The loss of a kill is the age of the oldest answered word that is gone. After each start the sums of all goods must be what they were, everybody must be in a place, and each request must be done with exactly one event, or not done with none; at the end all are thought to their end.',
  control:
    'None: a kill is the mechanism itself. That the kills met a working host is shown by the calls that were answered before them.',
  async run(lab, scale) {
    const kills = scale.of(2, 10);
    const speakers = await Promise.all(Array.from({ length: SPEAKERS }, (_, index) => join(lab, `Speaker ${index}`)));
    const thinker = await newThinker(lab);
    await lab.call('set_tempo', 100, 10, 0);
    await lab.call('lab_populate', ASKED);
    const founded = await sums(lab);
    const crashes: Crash[] = [];
    for (let kill = 0; kill < kills; kill++) crashes.push(await crash(lab, kill, speakers, thinker, founded));
    const open = await thinkToTheEnd(lab, thinker);

    const count = (name: string, says: string, unit: string, values: number[]) =>
      countFigure({ arm: 'subject', name, label: says, unit }, values);
    const loss = atMost(
      quantileFigure(
        {
          arm: 'subject',
          name: 'loss.max',
          label: 'Age of the oldest answered call that was lost, worst kill',
          unit: 'ms',
        },
        crashes.map(({ lossMs }) => [lossMs]),
        1,
      ),
      SYNC_MS,
    );
    const lost = crashes.reduce((sum, each) => sum + each.lost, 0);
    return {
      headline: `${kills} kills, at worst ${Math.round(loss.value)} ms lost`,
      checks: [
        loss,
        never(
          count(
            'halves',
            'Thoughts of which half survived',
            'thoughts',
            crashes.map(({ halves }) => halves),
          ),
        ),
        never(
          count(
            'broken',
            'Kills after which goods or places were wrong',
            'kills',
            crashes.map(({ broken }) => broken),
          ),
        ),
        exactly(count('open', 'Requests left open at the end', 'requests', [open]), 0),
        atLeast(
          count(
            'answered',
            'Calls answered before the kills',
            'calls',
            crashes.map(({ answered }) => answered),
          ),
          kills * 100,
        ),
        // A world without thoughts could not halve one.
        atLeast(
          count(
            'thoughts',
            'Thoughts submitted before the kills',
            'thoughts',
            crashes.map(({ thoughts }) => thoughts),
          ),
          kills * 20,
        ),
      ],
      tallies: [
        {
          arm: 'subject',
          label: `${kills} kills under load`,
          outcomes: {
            'calls answered': crashes.reduce((sum, { answered }) => sum + answered, 0),
            'of them lost': lost,
            'thoughts submitted': crashes.reduce((sum, { thoughts }) => sum + thoughts, 0),
            'kills that lost any': crashes.filter((each) => each.lost > 0).length,
          },
        },
      ],
    };
  },
});

interface Crash {
  answered: number;
  thoughts: number;
  lost: number;
  lossMs: number;
  halves: number;
  broken: number;
}

interface Speaker extends Account {
  agent: number;
}

async function join(lab: Lab, name: string): Promise<Speaker> {
  const account = await lab.host.api.createAccount();
  await lab.callAs(account, 'join', name);
  const [profile] = await lab.sql(`SELECT id FROM agent_profile WHERE name = '${name}'`);
  return { ...account, agent: Number(profile?.['id']) };
}

async function crash(lab: Lab, kill: number, speakers: Speaker[], thinker: Account, founded: string): Promise<Crash> {
  const answered = new Map<string, number>();
  let running = true;
  const speak = async (speaker: Speaker, index: number) => {
    const other = speakers[(index + 1) % speakers.length] as Speaker;
    for (let word = 0; running; word++) {
      const text = `${kill}, ${index}, ${word}`;
      await lab.callAs(speaker, 'act', { Say: text });
      answered.set(text, Date.now());
      if (word % 5 === 0)
        await lab.callAs(speaker, 'act', { Give: { to: other.agent, good: 'gold', quantity: 1 } }).catch(ignoreRefusal);
    }
  };
  let thoughts = 0;
  const think = async () => {
    while (running) await thinkOnce(lab, thinker, () => thoughts++);
  };
  await lab.call('lab_ask', ASKED);
  const load = [...speakers.map(speak), think()].map((each) => each.catch(() => {}));
  await sleep(LOAD_MS);
  let killedMs = 0;
  await lab.restart(async (host) => {
    killedMs = Date.now();
    await killHost(host);
    running = false;
    await Promise.all(load);
  });
  const heard = new Set((await lab.sql('SELECT words FROM event')).map(({ words }) => String(words)));
  const lost = [...answered].filter(([text, atMs]) => atMs < killedMs && !heard.has(text)).map(([, atMs]) => atMs);
  return {
    answered: answered.size,
    thoughts,
    lost: lost.length,
    lossMs: lost.length > 0 ? killedMs - Math.min(...lost) : 0,
    halves: await halves(lab),
    broken: (await sums(lab)) === founded && (await everybodyIsSomewhere(lab)) ? 0 : 1,
  };
}

/** A refused gift, of somebody who has nothing left, is an answer; a dead host is not. */
function ignoreRefusal(error: Error): void {
  if (!/there are only/.test(error.message)) throw error;
}

async function thinkOnce(lab: Lab, thinker: Account, onAccepted = () => {}): Promise<void> {
  await lab.callAs(thinker, 'lease', 20);
  for (const row of await requestsIn(lab, LEASED)) {
    await lab.callAs(thinker, 'submit', Number(row['id']), Number(row['lease_epoch']), {
      Say: `Thought ${Number(row['id'])}.`,
    });
    onAccepted();
  }
}

async function thinkToTheEnd(lab: Lab, thinker: Account): Promise<number> {
  const open = async () => {
    const [queue] = await lab.sql('SELECT * FROM think_queue');
    return Number(queue?.['pending']) + Number(queue?.['leased']);
  };
  for (const end = Date.now() + 30_000; Date.now() < end && (await open()) > 0;) await thinkOnce(lab, thinker);
  return open();
}

async function requestsIn(lab: Lab, state: number): Promise<Record<string, unknown>[]> {
  return (await lab.sql('SELECT * FROM think_request')).filter((row) => (row['state'] as [number])[0] === state);
}

/** Requests that are done without their event, or have an event without being done, or more than one. */
async function halves(lab: Lab): Promise<number> {
  const events = (await lab.sql('SELECT request FROM event WHERE request > 0')).map(({ request }) => Number(request));
  const acted = new Set(events);
  const requests = await lab.sql('SELECT * FROM think_request');
  const wrong = requests.filter(({ id, state }) => ((state as [number])[0] === DONE) !== acted.has(Number(id)));
  return wrong.length + (events.length - acted.size);
}

async function sums(lab: Lab): Promise<string> {
  const total: Record<string, number> = {};
  for (const { good, quantity } of await lab.sql('SELECT * FROM holding'))
    total[String(good)] = (total[String(good)] ?? 0) + Number(quantity);
  return JSON.stringify(Object.entries(total).sort());
}

async function everybodyIsSomewhere(lab: Lab): Promise<boolean> {
  const places = new Set((await lab.sql('SELECT id FROM place')).map(({ id }) => id));
  return (await lab.sql('SELECT * FROM agent')).every(({ place }) => places.has(place));
}
