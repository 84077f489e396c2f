import { plainText } from '../spike/client/plain-text.ts';
import { Refused, type Account } from '../spike/host/api.ts';
import { until } from '../spike/until.ts';
import { claim } from './harness/claim.ts';
import { count, mean, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { NotMeasured } from './harness/not-measured.ts';
import { mode } from './harness/provenance.ts';
import { of } from './harness/scale.ts';
import { quantileOf } from './harness/statistics.ts';
import { needModel, startModelThinker, type ModelThought } from './instruments/model-thinker.ts';
import { reasonOf } from './instruments/refusals.ts';
import { RequestWatch } from './instruments/request-watch.ts';
import { newThinker } from './instruments/thinkers.ts';
import { LONGEST_ANSWER, spread, type Exchange } from './transcript.ts';
import { number } from './number.ts';

const AGENTS = 30;
const EXAMPLES = 12;
const CONTROL_TICKS = of(30, 60);
/** A loaded machine thinks for longer, and the experiment would wait for every tick. */
const LONGEST_BURN_MS = 3_000;
const ASK_EVERY_MS = 15_000;
/** A request lives for two minutes. */
const LONGEST_DRAIN_MS = 150_000;
/** The model computes with the lowest priority, so a busy machine keeps it waiting. */
const FIRST_THOUGHT_MS = 120_000;
const QUESTIONS = [
  'What do you make of the strangers?',
  'Where can I buy salt?',
  'Whom do you trust here?',
  'What did you hear last night?',
  'Will you give me one gold?',
  'Which way is the market?',
  'What is your trade?',
  'Do you like this place?',
];

claim('real-model', {
  kind: 'measured',
  set: 'minds',
  minutes: { quick: 8, full: 20 },
  quickRounds: 1,
  why: 'A stand-in for a model never writes nonsense, and takes no processor from the clock. A real one does both.',
  method:
    'A world of thirty agents lives as it was founded. A thinker asks SmolLM2-135M-Instruct, which computes on one thread of the same cores with the lowest priority, one thought at a time. Meanwhile two players ask the agents questions from a fixed list. In interleaved rounds the lateness of the clock is compared with that of the same world without a thinker. A subscriber counts how every request ends. The examples are taken at equal distances from everything that was thought. Nothing in the prompt or the world was changed to suit this model.',
  control:
    'The model inside the world: every tick computes for as long as the median thought of the round took, three seconds at most. The clock must miss ticks.',
  figures: {
    lateness: samples('Lateness', 'ms', {
      subject: 'a model thinks on the same cores',
      baseline: 'nobody thinks',
      control: 'each tick computes as long as a thought',
    }),
    missed: count('Ticks missed', 'ticks'),
    doubled: count('Requests that ended or acted more than once', 'requests'),
    silent: count('Requests that are done and never acted', 'requests'),
    open: count('Requests left open', 'requests'),
    ended: count('Requests that ended', 'requests'),
    thought: samples('Time of a thought', 'ms', { subject: 'from lease to answer' }),
    perMinute: mean('Thoughts a minute', 'thoughts'),
    answers: count('Answers of the model', 'answers'),
    applied: count('Answers that the world applied', 'answers'),
  },
  limits: ({ subject, baseline, control }, scale) => [
    full(subject.lateness.p99.atMost(10)),
    full(subject.missed.exactly(0)),
    subject.lateness.p50.atMost(1.25 * baseline.lateness.p50.value + 2),
    subject.doubled.exactly(0),
    subject.silent.exactly(0),
    full(subject.open.exactly(0)),
    subject.ended.atLeast(scale.of(1, AGENTS)),
    subject.answers.atLeast(scale.of(1, AGENTS)),
    full(subject.applied.atLeast(1)),
    full(subject.perMinute.atLeast(6)),
    control.missed.atLeast(20),
  ],
  headline: ({ subject }) =>
    `p99 ${number(subject.lateness.p99.value)} ms; ${subject.applied.value} of ${subject.answers.value} answers applied`,
  async run({ lab, scale, subject, baseline, control, tally, transcribe }) {
    await needModel();
    const thinker = await newThinker(lab);
    const watch = await RequestWatch.start(lab, await newThinker(lab));
    const players = [await player(lab, 'Nils'), await player(lab, 'Runa')];
    const all: ModelThought[] = [];
    const see = async (arm: typeof subject, ticks: number) => {
      const watched = await lab.watchTicks(ticks);
      arm.lateness.add(...watched.map(({ latenessMs }) => latenessMs));
      arm.missed.add(ticks - watched.length);
    };
    await scale.each(async () => {
      await see(baseline, scale.of(30, 300));
      const model = await startModelThinker(lab, thinker);
      const started = performance.now();
      const stopAsking = askAround(lab, players, AGENTS);
      await see(subject, scale.of(30, 1_000));
      await until(() => model.thoughts.some(isAnswered), FIRST_THOUGHT_MS, 100);
      const minutes = (performance.now() - started) / 60_000;
      await stopAsking();
      await model.stop();
      const answered = model.thoughts.filter(isAnswered);
      if (answered.length === 0) throw silence();
      subject.thought.add(...answered.map(({ milliseconds }) => milliseconds));
      subject.answers.add(answered.length);
      subject.applied.add(answered.filter(({ isApplied }) => isApplied).length);
      subject.perMinute.add(answered.length / minutes);
      all.push(...model.thoughts);
      const median = quantileOf(
        answered.map(({ milliseconds }) => milliseconds),
        0.5,
      );
      await lab.call('lab_spin_in_tick', await lab.iterationsFor(Math.min(median, LONGEST_BURN_MS)));
      await see(control, CONTROL_TICKS);
      await lab.call('lab_spin_in_tick', 0);
    });
    // From now on nobody opens a request. What nobody thinks about any more ends at its deadline.
    await lab.call('set_tempo', 100, 10, 0);
    await until(() => watch.open === 0, scale.of(0, LONGEST_DRAIN_MS), 500);
    for (const figure of ['doubled', 'silent', 'open', 'ended'] as const) subject[figure].add(watch[figure]);
    for (const { text, isApplied, outcome } of all)
      tally('subject', 'what became of a thought', { [isApplied ? 'applied' : reasonOf(outcome, text)]: 1 });
    tally('subject', 'how questions of players ended', watch.ends(true));
    tally('subject', "how agents' own reflections ended", watch.ends(false));
    transcribe(spread(all.filter(isAnswered), EXAMPLES).map(exchangeOf));
    watch.close();
  },
});

function isAnswered({ text }: ModelThought): boolean {
  return text !== undefined;
}

/** A quick run shares the machine with other tests, and says nothing about a model that they keep waiting. */
function silence(): Error {
  const reason = `the model answered nothing within ${FIRST_THOUGHT_MS / 1_000} s`;
  return mode === 'full' ? new Error(reason) : new NotMeasured(`${reason}: the machine is busy`);
}

async function player(lab: Lab, name: string): Promise<Account> {
  const account = await lab.account();
  await lab.callAs(account, 'join', name);
  return account;
}

/**
 * Each player asks another agent every few seconds. Somebody who is lost in thought refuses, as in any world.
 * @returns what ends it
 */
function askAround(lab: Lab, players: Account[], agents: number): () => Promise<void> {
  let asked = 0;
  let last = Promise.resolve();
  const ask = async () => {
    for (const account of players) {
      const question = QUESTIONS[asked % QUESTIONS.length] ?? '';
      // 7 and 30 have no common divisor, so that everybody is asked before anybody is asked twice.
      await lab.callAs(account, 'ask', (asked++ * 7) % agents, question).catch((error: unknown) => {
        if (!(error instanceof Refused)) throw error;
      });
    }
  };
  last = ask();
  const timer = setInterval(() => void (last = last.then(ask)), ASK_EVERY_MS);
  return () => {
    clearInterval(timer);
    return last;
  };
}

function exchangeOf({ context, text = '', outcome, isApplied, milliseconds }: ModelThought): Exchange {
  const { agent, place, exits, here, holds, asker, question } = context;
  const names = here.map(({ name }) => name).join(', ') || 'nobody';
  const goods = holds.map(({ good, quantity }) => `${quantity} ${good}`).join(', ') || 'nothing';
  return {
    question: question ? `${asker ?? 'Somebody'} asks ${agent?.name}: ${question}` : `${agent?.name} reflects.`,
    context: `${agent?.persona} At ${place?.name}; exits: ${exits.join(', ')}; here: ${names}; holds: ${goods}.`,
    answer: plainText(text.replaceAll(/\s+/g, ' ').trim()).slice(0, LONGEST_ANSWER),
    outcome: plainText(isApplied ? `Applied: ${agent?.name} ${outcome}` : `Refused: ${outcome}`),
    milliseconds,
  };
}
