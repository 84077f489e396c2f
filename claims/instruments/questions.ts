import type { Lab } from '../harness/lab.ts';
import { leasesOf } from './requests.ts';

/** The leased requests, with the number of the question that each is about, or -1. */
export async function leasedQuestions(
  lab: Lab,
  questions: string[],
): Promise<{ id: number; epoch: number; mine: number }[]> {
  const contexts = new Map(
    (await lab.sql('SELECT * FROM think_context')).map(({ request, payload }) => [Number(request), String(payload)]),
  );
  return (await leasesOf(lab)).map(({ id, epoch }) => ({
    id,
    epoch,
    mine: questions.findIndex((question) => contexts.get(id)?.includes(question)),
  }));
}
