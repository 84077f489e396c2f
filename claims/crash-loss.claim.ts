import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../spike/host/api.ts';
import { claim } from './harness/claim.ts';
import { count, samples } from './harness/figures.ts';
import type { Lab } from './harness/lab.ts';
import { of } from './harness/scale.ts';
import { everybodyIsSomewhere, halvedThoughts, sumsOfGoods } from './instruments/consistency.ts';
import { killHost } from './instruments/host-process.ts';
import { leasesOf, openIn } from './instruments/requests.ts';
import { newThinker } from './instruments/thinkers.ts';

/** The pinned host syncs its log this often, so anything older must survive. */
const SYNC_MS = 500;
const SPEAKERS = 24;
const ASKED = 200;
const LOAD_MS = 1_200;
const KILLS = of(2, 10);

claim('crash-loss', {
  kind: 'finding',
  minutes: { quick: 3, full: 4 },
  why: 'The pinned host answers before its log is on disk. How much a crash can undo decides what a client may do after an answer.',
  method:
    'Players speak, give and pay, and a thinker submits one thought after another, all as fast as the host answers; the time of each answer is recorded. Under this load the host’s process is killed with SIGKILL and restarted on the same data, several times. The loss of a kill is the age of the oldest answered sentence that is missing. After each restart the sums of all goods must be unchanged, everybody must be in a place, and each request must either be done with exactly one event, or not done with no event. At the end a thinker completes every open request.',
  control:
    'None: the kill itself is the mechanism. The calls answered before each kill show that the host was working.',
  figures: {
    loss: samples('Age of the oldest answered call that was lost', 'ms'),
    halves: count('Thoughts that survived only in part', 'thoughts'),
    broken: count('Kills after which goods or places were wrong', 'kills'),
    open: count('Requests left open at the end', 'requests'),
    answered: count('Calls answered before the kills', 'calls'),
    thoughts: count('Thoughts submitted before the kills', 'thoughts'),
  },
  limits: ({ subject }) => [
    subject.loss.max.atMost(SYNC_MS),
    subject.halves.never(),
    subject.broken.never(),
    subject.open.exactly(0),
    subject.answered.atLeast(KILLS * 100),
    // A world without thoughts could not halve one.
    subject.thoughts.atLeast(KILLS * 20),
  ],
  headline: ({ subject }) => `${KILLS} kills, at worst ${Math.round(subject.loss.max.value)} ms lost`,
  async run({ lab, scale, subject, tally }) {
    const speakers = await Promise.all(Array.from({ length: SPEAKERS }, (_, index) => join(lab, `Speaker ${index}`)));
    const thinker = await newThinker(lab);
    await lab.call('set_tempo', 100, 10, 0);
    await lab.call('lab_populate', ASKED);
    const founded = await sumsOfGoods(lab);
    await scale.each(async (kill) => {
      const { answered, lost, lossMs, thoughts } = await crash(lab, kill, speakers, thinker);
      subject.loss.add(lossMs);
      subject.halves.add(await halvedThoughts(lab));
      subject.broken.add((await sumsOfGoods(lab)) === founded && (await everybodyIsSomewhere(lab)) ? 0 : 1);
      subject.answered.add(answered);
      subject.thoughts.add(thoughts);
      const outcomes = { 'calls answered': answered, 'of them lost': lost, 'thoughts submitted': thoughts };
      tally('subject', `${KILLS} kills under load`, { ...outcomes, 'kills that lost any': lost > 0 ? 1 : 0 });
    }, KILLS);
    for (const end = Date.now() + 30_000; Date.now() < end && (await openIn(lab)) > 0;) await thinkOnce(lab, thinker);
    subject.open.add(await openIn(lab));
  },
});

interface Crash {
  answered: number;
  thoughts: number;
  lost: number;
  lossMs: number;
}

interface Speaker extends Account {
  agent: number;
}

async function join(lab: Lab, name: string): Promise<Speaker> {
  const account = await lab.account();
  await lab.callAs(account, 'join', name);
  const [profile] = await lab.sql(`SELECT id FROM agent_profile WHERE name = '${name}'`);
  return { ...account, agent: Number(profile?.['id']) };
}

async function crash(lab: Lab, kill: number, speakers: Speaker[], thinker: Account): Promise<Crash> {
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
  };
}

/** A refused gift, of somebody who has nothing left, is an answer; a dead host is not. */
function ignoreRefusal(error: Error): void {
  if (!/there are only/.test(error.message)) throw error;
}

async function thinkOnce(lab: Lab, thinker: Account, onAccepted = () => {}): Promise<void> {
  await lab.callAs(thinker, 'lease', 20);
  for (const { id, epoch } of await leasesOf(lab)) {
    await lab.callAs(thinker, 'submit', id, epoch, { Say: `Thought ${id}.` });
    onAccepted();
  }
}
