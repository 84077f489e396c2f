import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../../spike/host/api.ts';
import type { Lab } from '../harness/lab.ts';
import { leasesOf } from './requests.ts';

const PATIENCE_MS = 15_000;

/** Random words that stand nowhere else: one in each question, in the reason why it failed first, and in its answer. */
export interface Words {
  questions: string[];
  reasons: string[];
  answers: string[];
}

export function newWords(count: number): Words {
  const some = () => Array.from({ length: count }, () => randomUUID().slice(0, 13));
  return { questions: some(), reasons: some(), answers: some() };
}

/** Asks each question as somebody new, and each of another agent. */
export async function askAll(lab: Lab, { questions }: Words): Promise<void> {
  for (const [index, question] of questions.entries()) {
    const asker = await lab.account();
    await lab.callAs(asker, 'join', `Asker ${question.replaceAll('-', ' ')}`.slice(0, 20));
    await lab.callAs(asker, 'ask', index, `Do you know ${question}?`);
  }
}

/**
 * Works as the thinker until all questions are answered: each is renewed and failed once, and answered when its back-off
 * is over. Reflections that come along are thought too.
 * @returns how many questions were answered
 */
export async function answerAll(lab: Lab, thinker: Account, { questions, reasons, answers }: Words): Promise<number> {
  let thoughts = 0;
  const call = (reducer: string, ...args: unknown[]) => lab.callAs(thinker, reducer, ...args);
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end && thoughts < questions.length; await sleep(100)) {
    await call('lease', 100);
    for (const { id, epoch, mine } of await leasedQuestions(lab, questions)) {
      if (mine < 0) await call('submit', id, epoch, { Wait: [] });
      else if (epoch === 1) {
        await call('renew', id, epoch);
        await call('give_back', id, epoch, { Refused: [] }, `no idea, ${reasons[mine]}`, 0);
      } else {
        await call('submit', id, epoch, { Say: `I heard of ${answers[mine]}.` });
        thoughts++;
      }
    }
  }
  return thoughts;
}

/** The leased requests, with the number of the question that each is about, or -1. */
async function leasedQuestions(lab: Lab, questions: string[]): Promise<{ id: number; epoch: number; mine: number }[]> {
  const contexts = new Map(
    (await lab.sql('SELECT * FROM think_context')).map(({ request, payload }) => [Number(request), String(payload)]),
  );
  return (await leasesOf(lab)).map(({ id, epoch }) => ({
    id,
    epoch,
    mine: questions.findIndex((question) => contexts.get(id)?.includes(question)),
  }));
}
