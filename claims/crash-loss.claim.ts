import { claim } from './harness/claim.ts';
import { count, samples } from './harness/figures.ts';
import { of } from './harness/scale.ts';
import { everybodyIsSomewhere, halvedThoughts, sumsOfGoods } from './instruments/consistency.ts';
import { LoadedWorld } from './instruments/loaded-world.ts';
import { openIn } from './instruments/requests.ts';

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
    'Players speak and give gold, and a thinker submits one thought after another, all as fast as the host answers; the time of each answer is recorded. Under this load the host’s process is killed with SIGKILL and restarted on the same data, several times. The loss of a kill is the age of the oldest answered sentence that is missing. After each restart the sums of all goods must be unchanged, everybody must be in a place, and each request must either be done with exactly one event, or not done with no event. At the end a thinker completes every open request.',
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
    const world = await LoadedWorld.found(lab, SPEAKERS, ASKED);
    const founded = await sumsOfGoods(lab);
    await scale.each(async (kill) => {
      const { answered, lost, lossMs, thoughts } = await world.crash(kill, LOAD_MS);
      subject.loss.add(lossMs);
      subject.halves.add(await halvedThoughts(lab));
      subject.broken.add((await sumsOfGoods(lab)) === founded && (await everybodyIsSomewhere(lab)) ? 0 : 1);
      subject.answered.add(answered);
      subject.thoughts.add(thoughts);
      const outcomes = { 'calls answered': answered, 'of them lost': lost, 'thoughts submitted': thoughts };
      tally('subject', `${KILLS} kills under load`, { ...outcomes, 'kills that lost any': lost > 0 ? 1 : 0 });
    }, KILLS);
    for (const end = Date.now() + 30_000; Date.now() < end && (await openIn(lab)) > 0;) await world.think();
    subject.open.add(await openIn(lab));
  },
});
