import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { contractOf } from '../spike/host/contract.ts';
import type { Account } from '../spike/host/api.ts';
import { claim } from './harness/claim.ts';
import { atLeast, countFigure, exactly } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { Recorder } from './harness/recorder.ts';
import { newThinker } from './harness/thinkers.ts';

const ASKERS = 5;
const PRIVATE = ['session', 'think_queue', 'think_budget', 'tick_schedule', 'watchdog_schedule', 'reap_schedule'];
const THINKING = ['think_request', 'think_context', 'think_outcome'];

claim('mind-private', {
  kind: 'checked',
  why: 'On a 1.x host every subscriber of a touched row is sent the reducer’s name and arguments. A player who reads what an agent is told, or why a mind failed, plays another game than the others.',
  method:
    'A stranger and a player subscribe to every public table, and try every private one, each by a WebSocket of its own whose whole traffic is recorded. Meanwhile other players ask questions, agents reflect, and a thinker claims, fails with a reason, and submits. Each question and each reason holds a random word that stands nowhere else. The recording is searched for these words and for the fields that only a context has; and both ask for the three tables of thinking by SQL.',
  control:
    'A thinker listens in the same rounds, past the filter: the same search must find every question in what it is sent. And a lab world in which each context is also written to a table without a filter: there the stranger must hear it.',
  async run(lab, scale) {
    const listener = await newThinker(lab);
    const people = { stranger: await lab.host.api.createAccount(), player: await lab.host.api.createAccount() };
    await lab.host.api.call(lab.database, 'join', ['Listener'], people.player);
    const thinker = await newThinker(lab);
    await lab.call('set_tempo', 100, 10, 3);
    const rounds = await scale.each(() => listen(lab, people, listener, thinker));
    await lab.call('lab_break', { Leak: [] }, true);
    const leaking = await listen(lab, people, listener, thinker);
    await lab.call('lab_break', { Leak: [] }, false);

    const figure = (name: string, says: string, unit: string, of: keyof Heard) =>
      countFigure(
        { arm: 'subject', name, label: says, unit },
        rounds.map((round) => round[of]),
      );
    const secrets = { name: 'secrets', label: 'Questions and contexts that were overheard', unit: 'words' };
    const thought = figure('thoughts', 'Requests that were thought meanwhile', 'requests', 'thoughts');
    return {
      headline: `${thought.value} thoughts, none overheard`,
      checks: [
        exactly(
          countFigure(
            { arm: 'subject', ...secrets },
            rounds.map((round) => round.secrets),
          ),
          0,
        ),
        exactly(figure('reasons', 'Reasons of failed minds that were overheard', 'words', 'reasons'), 0),
        exactly(figure('rows', 'Rows of thinking read by SQL', 'rows', 'rows'), 0),
        // A recording that hears nothing would find nothing.
        atLeast(figure('speech', 'Answers that were heard as speech', 'answers', 'speech'), rounds.length * ASKERS),
        atLeast(thought, rounds.length * ASKERS),
        // A subscription that was refused would hear nothing either.
        exactly(figure('unheard', 'Public tables that were not subscribed', 'tables', 'unheard'), 0),
        exactly(figure('opened', 'Private tables that were subscribed', 'tables', 'opened'), 0),
        atLeast(
          countFigure(
            { arm: 'control', name: 'thinker', label: 'Questions that a thinker was sent', unit: 'questions' },
            rounds.map(({ thinker }) => thinker),
          ),
          rounds.length * ASKERS,
        ),
        atLeast(countFigure({ arm: 'control', ...secrets }, [leaking.secrets]), 1),
      ],
      tallies: [
        ...rounds.map((round) => ({ arm: 'subject' as const, label: 'as it is', outcomes: tally(round) })),
        { arm: 'control', label: 'contexts also where no filter stands', outcomes: tally(leaking) },
      ],
    };
  },
});

interface Heard {
  secrets: number;
  reasons: number;
  rows: number;
  speech: number;
  thoughts: number;
  unheard: number;
  opened: number;
  /** Questions that the thinker who listens was sent. */
  thinker: number;
  kilobytes: number;
}

async function listen(lab: Lab, people: Record<string, Account>, listener: Account, thinker: Account): Promise<Heard> {
  const { host, database } = lab;
  await lab.call('lab_forget_requests');
  const tables = Object.keys(contractOf(await host.api.schema(database)).tables);
  const open = (token: string, of: string[]) => Recorder.open(host.url, database, token, of);
  const recorders = await Promise.all(Object.values(people).map(({ token }) => open(token, [...tables, ...PRIVATE])));
  const trusted = await open(listener.token, THINKING);
  const word = () => randomUUID().slice(0, 13);
  const [questions, reasons, answers] = [[], [], []].map(() => Array.from({ length: ASKERS }, word)) as [
    string[],
    string[],
    string[],
  ];
  for (const [index, question] of questions.entries()) {
    const asker = await host.api.createAccount();
    await host.api.call(database, 'join', [`Asker ${question.replaceAll('-', ' ')}`.slice(0, 20)], asker);
    await askFree(lab, asker, index, question);
  }
  let thoughts = 0;
  const call = (reducer: string, args: unknown[]) => host.api.call(database, reducer, args, thinker);
  // Each question is failed once, and answered when its back-off is over.
  for (const end = Date.now() + 15_000; Date.now() < end && thoughts < ASKERS; await sleep(100)) {
    await call('lease', [100]);
    for (const { id, epoch, mine } of await leased(lab, questions)) {
      if (mine < 0) await call('submit', [id, epoch, { Wait: [] }]);
      else if (epoch === 1) await call('give_back', [id, epoch, `no idea, ${reasons[mine]}`, 0]);
      else {
        await call('submit', [id, epoch, { Say: `I heard of ${answers[mine]}.` }]);
        thoughts++;
      }
    }
  }
  await sleep(300);
  const rows = await Promise.all(
    Object.values(people).flatMap((who) => THINKING.map((table) => rowsOf(lab, who, table))),
  );
  for (const recorder of [...recorders, trusted]) recorder.close();
  const count = (texts: string[]) =>
    recorders.reduce((sum, recorder) => sum + texts.reduce((found, text) => found + recorder.count(text), 0), 0);
  return {
    // A context is known by its own fields too, so that one without a question would be found as well.
    secrets: count([...questions.map((question) => `${question}?`), '"exits":', '"holds":']),
    reasons: count(reasons),
    rows: rows.reduce((sum, each) => sum + each, 0),
    speech: answers.filter((answer) => recorders.every((recorder) => recorder.count(answer) > 0)).length,
    thoughts,
    unheard: recorders.reduce((sum, { applied }) => sum + tables.filter((table) => !applied.has(table)).length, 0),
    opened: recorders.reduce((sum, { applied }) => sum + PRIVATE.filter((table) => applied.has(table)).length, 0),
    thinker: questions.filter((question) => trusted.count(`${question}?`) > 0).length,
    kilobytes: Math.round(recorders.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000),
  };
}

/** Asks the first of some agents who is not lost in thought. */
async function askFree(lab: Lab, asker: Account, index: number, question: string): Promise<void> {
  for (let agent = index * 6; agent < index * 6 + 6; agent++) {
    const asked = await lab.host.api.call(lab.database, 'ask', [agent, `Do you know ${question}?`], asker).then(
      () => true,
      () => false,
    );
    if (asked) return;
  }
}

/** The leased requests, with the number of the question that each is about, or -1. */
async function leased(lab: Lab, questions: string[]): Promise<{ id: number; epoch: number; mine: number }[]> {
  const contexts = new Map(
    (await lab.sql('SELECT * FROM think_context')).map(({ request, payload }) => [Number(request), String(payload)]),
  );
  return (await lab.sql('SELECT * FROM think_request'))
    .filter(({ state }) => (state as [number])[0] === 1)
    .map(({ id, lease_epoch: epoch }) => ({
      id: Number(id),
      epoch: Number(epoch),
      mine: questions.findIndex((question) => contexts.get(Number(id))?.includes(question)),
    }));
}

async function rowsOf(lab: Lab, who: Account, table: string): Promise<number> {
  return lab.host.api.sql(lab.database, `SELECT * FROM ${table}`, who).then(
    (rows) => rows.length,
    () => 0,
  );
}

function tally({ secrets, reasons, rows, speech, thoughts, thinker, kilobytes }: Heard): Record<string, number> {
  return {
    'questions and contexts overheard': secrets,
    'reasons overheard': reasons,
    'rows read by SQL': rows,
    'answers heard as speech': speech,
    'requests thought': thoughts,
    'questions that a thinker was sent': thinker,
    'kB recorded': kilobytes,
  };
}
