import type { Action } from '../spike/client/bindings/index.ts';
import { Refused, type Account } from '../spike/host/api.ts';
import { MAX_SPEECH } from '../spike/client/world-constants.ts';
import { Payload, type Context } from '../spike/thinker/mind.ts';
import { rulesMind } from '../spike/thinker/rules.ts';
import { claim } from './harness/claim.ts';
import { count, mean, samples } from './harness/figures.ts';
import type { Lab } from './harness/lab.ts';
import { leasesOf } from './instruments/requests.ts';
import { newThinker } from './instruments/thinkers.ts';
import { answerTokens, ENCODING, promptTokens } from './instruments/tokens.ts';
import { number } from './number.ts';

const AGENTS = 30;
/** In tokens. An answer is one action with at most one line of speech. */
const PROMPT_LIMIT = 1_500;
const ANSWER_LIMIT = 150;
/** Neighbours that a prompt would name without the world's limit. */
const CROWD = 500;
const QUESTIONS = ['What do you make of the strangers?', 'Where can I buy salt?', 'Will you give me one gold?'];

claim('thought-tokens', {
  kind: 'checked',
  set: 'capacity',
  minutes: { quick: 2, full: 3 },
  why: 'A model is paid by the token, so the length of a prompt decides what a month of thoughts costs.',
  method: `A founded town of ${AGENTS} agents. In each round every agent opens a reflection or gets a question of a player. The thinker’s own code builds the prompt from the context that the world wrote, and the embedded rules think; their action goes back into the world, so that the next round has words to hear. Tokens are counted with the encoding ${ENCODING} of the package gpt-tokenizer, for prompt and answer; an answer is the JSON in which a model would write the same action. What a model thinks before it answers, and what a provider adds around each message, are not counted.`,
  control: `The same prompts with ${CROWD} neighbours, as if the world did not limit how many a mind gets to know. They must exceed the limit.`,
  figures: {
    prompt: samples('Tokens of a prompt', 'tokens', { subject: `thoughts of ${AGENTS} agents` }),
    answer: samples('Tokens of an answer', 'tokens', { subject: 'actions of the embedded rules' }),
    rules: mean('Tokens of the rules, the same in every prompt', 'tokens'),
    longest: mean('Tokens of an answer that fills a speech', 'tokens'),
    thoughts: count('Thoughts', 'thoughts'),
    crowd: samples('Tokens of a prompt that names a crowd', 'tokens'),
  },
  limits: ({ subject, control }, scale) => [
    subject.prompt.max.atMost(PROMPT_LIMIT),
    subject.answer.max.atMost(ANSWER_LIMIT),
    subject.prompt.p50.atMost(PROMPT_LIMIT),
    subject.answer.p50.atMost(ANSWER_LIMIT),
    subject.longest.atMost(ANSWER_LIMIT),
    subject.rules.atLeast(100),
    subject.thoughts.atLeast(scale.rounds * AGENTS),
    control.crowd.p50.atLeast(PROMPT_LIMIT + 1),
  ],
  headline: ({ subject }) =>
    `median ${number(subject.prompt.p50.value)} tokens in, ${number(subject.answer.p50.value)} out`,
  async run({ lab, scale, subject, control }) {
    const thinker = await newThinker(lab);
    const player = await lab.account();
    await lab.callAs(player, 'join', 'Nils');
    const mind = rulesMind();
    subject.longest.add(
      answerTokens({ tag: 'Say', value: 'The tide takes what the market leaves. '.repeat(8).slice(0, MAX_SPEECH) }),
    );
    await scale.each(async (round) => {
      await lab.call('lab_forget_requests');
      await ask(lab, player, round);
      for (const { context, submit } of await thoughtsOf(lab, thinker)) {
        const { all, rules } = promptTokens(context);
        const action = await mind.think(context, AbortSignal.timeout(1_000));
        subject.prompt.add(all);
        subject.rules.add(rules);
        subject.answer.add(answerTokens(action));
        subject.thoughts.add(1);
        control.crowd.add(promptTokens({ ...context, here: crowd() }).all);
        await submit(action);
      }
    });
  },
});

/** A question to three agents, the most that a player may have open, and a reflection of each other agent. */
async function ask(lab: Lab, player: Account, round: number): Promise<void> {
  for (const [index, question] of QUESTIONS.entries())
    await lab.callAs(player, 'ask', (round * QUESTIONS.length + index * 7) % AGENTS, question);
  await lab.call('lab_ask', AGENTS);
}

interface Thought {
  context: Context;
  submit: (action: Action) => Promise<void>;
}

/** What a thinker gets for each open request, and how it hands in an action. */
async function thoughtsOf(lab: Lab, thinker: Account): Promise<Thought[]> {
  await lab.callAs(thinker, 'lease', 100);
  const payloads = new Map(
    (await lab.sql('SELECT * FROM think_context')).map(({ request, payload }) => [Number(request), String(payload)]),
  );
  return (await leasesOf(lab, thinker)).map(({ id, epoch }) => {
    const context = Payload.parse(JSON.parse(payloads.get(id) ?? ''));
    return {
      // The lab opens reflections with a question of its own; in a real world a reflection has none.
      context: context.asker === null ? { ...context, question: '' } : context,
      submit: (action) =>
        lab.callAs(thinker, 'submit', id, epoch, encoded(action)).catch((error: unknown) => {
          // The clock goes on, so somebody may have left.
          if (!(error instanceof Refused)) throw error;
        }),
    };
  });
}

/** An action as the host's HTTP interface takes it. */
function encoded(action: Action): unknown {
  return { [action.tag]: 'value' in action ? action.value : [] };
}

function crowd(): Context['here'] {
  return Array.from({ length: CROWD }, (_, id) => ({ id, name: `Agent ${id}` }));
}
