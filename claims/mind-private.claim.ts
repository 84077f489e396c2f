import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../spike/host/api.ts';
import { contractOf } from '../spike/host/contract.ts';
import { claim } from './harness/claim.ts';
import { count } from './harness/figures.ts';
import type { Lab } from './harness/lab.ts';
import { leasedQuestions } from './instruments/questions.ts';
import { Recorder } from './instruments/recorder.ts';
import { newThinker } from './instruments/thinkers.ts';

const ASKERS = 5;
const PRIVATE = [
  'session',
  'said',
  'think_queue',
  'think_budget',
  'tick_schedule',
  'watchdog_schedule',
  'reap_schedule',
];
/** Reducers whose calls only thinkers may notice: a refusal is an argument of one of them. */
const HIDDEN = ['"renew"', '"give_back"'];
const THINKING = ['think_request', 'think_context', 'think_outcome'];

claim('mind-private', {
  kind: 'checked',
  minutes: { quick: 3, full: 4 },
  quickRounds: 1,
  why: 'On a 1.x host every subscriber of a touched row is sent the reducer’s name and arguments. A player who reads what an agent is told, or why a mind failed, plays another game than the others.',
  method:
    'A stranger and a player subscribe to every public table, and try every private one, each by a WebSocket of its own whose whole traffic is recorded. Meanwhile other players ask questions, agents reflect, and a thinker leases, renews, gives back with a reason, and submits. The reason is an argument of the call, and stays as the refusal that the next attempt gets. Each question and each reason holds a random word that stands nowhere else. The recording is searched for these words, for the fields that only a context has, and for the names of the two calls; and both ask for the three tables of thinking by SQL.',
  control:
    'A thinker listens in the same rounds, past the filter: the same search must find every question in what it is sent. And a lab world in which each context is also written to a table without a filter: there the stranger must hear it.',
  figures: {
    secrets: count('Questions and contexts that were overheard', 'words'),
    reasons: count('Reasons of failed minds that were overheard', 'words'),
    calls: count('Calls of renew and give_back that were overheard', 'calls'),
    rows: count('Rows of thinking read by SQL', 'rows'),
    speech: count('Answers that were heard as speech', 'answers'),
    thoughts: count('Requests that were thought meanwhile', 'requests'),
    unheard: count('Public tables that were not subscribed', 'tables'),
    opened: count('Private tables that were subscribed', 'tables'),
    thinker: count('Questions that a thinker was sent', 'questions'),
    thinkerRows: count('Rows of thinking that a thinker reads by SQL', 'rows'),
    thinkerReasons: count('Refusals that a thinker was sent', 'refusals'),
    thinkerCalls: count('Calls of renew and give_back that a thinker was sent', 'calls'),
  },
  limits({ subject, control }, { rounds }) {
    const questions = rounds * ASKERS;
    return [
      subject.secrets.exactly(0),
      subject.reasons.exactly(0),
      subject.calls.exactly(0),
      subject.rows.exactly(0),
      // A recording that hears nothing would find nothing.
      subject.speech.atLeast(questions),
      subject.thoughts.atLeast(questions),
      // A subscription that was refused would hear nothing either.
      subject.unheard.exactly(0),
      subject.opened.exactly(0),
      control.thinker.atLeast(questions),
      // The query that finds nothing for others must find rows for a thinker.
      control.thinkerRows.atLeast(questions),
      control.thinkerReasons.atLeast(questions),
      control.thinkerCalls.atLeast(2 * questions),
      control.secrets.atLeast(1),
    ];
  },
  headline: ({ subject }) => `${subject.thoughts.value} thoughts, none overheard`,
  async run({ lab, scale, subject, control, tally }) {
    // A table that is not there could not be subscribed either.
    for (const table of PRIVATE) await lab.sql(`SELECT * FROM ${table}`);
    const listener = await newThinker(lab);
    const people = { stranger: await lab.account(), player: await lab.account() };
    await lab.callAs(people.player, 'join', 'Listener');
    const thinker = await newThinker(lab);
    await lab.call('set_tempo', 100, 10, 3);
    await scale.each(async () => {
      const heard = await listen(lab, people, listener, thinker);
      for (const figure of ['secrets', 'reasons', 'calls', 'rows', 'speech', 'thoughts', 'unheard', 'opened'] as const)
        subject[figure].add(heard[figure]);
      control.thinker.add(heard.thinker);
      for (const figure of ['thinkerRows', 'thinkerReasons', 'thinkerCalls'] as const)
        control[figure].add(heard[figure]);
      tally('subject', 'as it is', outcomesOf(heard));
    });
    await lab.call('lab_break', { Leak: [] }, true);
    const leaking = await listen(lab, people, listener, thinker);
    control.secrets.add(leaking.secrets);
    tally('control', 'contexts also where no filter stands', outcomesOf(leaking));
    await lab.call('lab_break', { Leak: [] }, false);
  },
});

interface Heard {
  secrets: number;
  reasons: number;
  calls: number;
  rows: number;
  speech: number;
  thoughts: number;
  unheard: number;
  opened: number;
  /** Questions that the thinker who listens was sent. */
  thinker: number;
  thinkerRows: number;
  thinkerReasons: number;
  thinkerCalls: number;
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
    const asker = await lab.account();
    await lab.callAs(asker, 'join', `Asker ${question.replaceAll('-', ' ')}`.slice(0, 20));
    await lab.callAs(asker, 'ask', index, `Do you know ${question}?`);
  }
  let thoughts = 0;
  const call = (reducer: string, ...args: unknown[]) => lab.callAs(thinker, reducer, ...args);
  // Each question is failed once, and answered when its back-off is over.
  for (const end = Date.now() + 15_000; Date.now() < end && thoughts < ASKERS; await sleep(100)) {
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
  await sleep(300);
  const rows = await Promise.all(
    Object.values(people).flatMap((who) => THINKING.map((table) => rowsOf(lab, who, table))),
  );
  const thinkerRows = await Promise.all(THINKING.map((table) => rowsOf(lab, listener, table)));
  for (const recorder of [...recorders, trusted]) recorder.close();
  const count = (texts: string[]) =>
    recorders.reduce((sum, recorder) => sum + texts.reduce((found, text) => found + recorder.count(text), 0), 0);
  return {
    // A context is known by its own fields too, so that one without a question would be found as well.
    secrets: count([...questions.map((question) => `${question}?`), '"exits":', '"holds":', '"heard":']),
    reasons: count(reasons),
    calls: count(HIDDEN),
    rows: rows.reduce((sum, each) => sum + each, 0),
    speech: answers.filter((answer) => recorders.every((recorder) => recorder.count(answer) > 0)).length,
    thoughts,
    unheard: recorders.reduce((sum, { applied }) => sum + tables.filter((table) => !applied.has(table)).length, 0),
    opened: recorders.reduce((sum, { applied }) => sum + PRIVATE.filter((table) => applied.has(table)).length, 0),
    thinker: questions.filter((question) => trusted.count(`${question}?`) > 0).length,
    thinkerRows: thinkerRows.reduce((sum, each) => sum + each, 0),
    thinkerReasons: reasons.filter((reason) => trusted.count(reason) > 0).length,
    thinkerCalls: HIDDEN.reduce((sum, name) => sum + trusted.count(name), 0),
    kilobytes: Math.round(recorders.reduce((sum, { characters }) => sum + characters, 0) / 1_000),
  };
}

async function rowsOf(lab: Lab, who: Account, table: string): Promise<number> {
  return lab.host.api.sql(lab.database, `SELECT * FROM ${table}`, who).then(
    (rows) => rows.length,
    () => 0,
  );
}

function outcomesOf({ secrets, reasons, rows, speech, thoughts, thinker, kilobytes }: Heard): Record<string, number> {
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
