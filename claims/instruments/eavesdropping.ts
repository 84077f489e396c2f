import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../../spike/host/api.ts';
import { contractOf } from '../../spike/host/contract.ts';
import type { Lab } from '../harness/lab.ts';
import { answerAll, askAll, newWords, type Words } from './questions.ts';
import { Recorder } from './recorder.ts';

/** Reducers whose calls only thinkers may notice: a refusal is an argument of one of them. */
const HIDDEN = ['"renew"', '"give_back"'];
const THINKING = ['think_request', 'think_context', 'think_outcome'];

/** Who listens to what, and who thinks meanwhile. */
export interface Setting {
  /** They subscribe to every public table, and try the private ones. */
  people: Account[];
  privateTables: string[];
  /** A thinker that only listens. */
  listener: Account;
  thinker: Account;
  /** How many questions are asked. */
  questions: number;
}

/** What all people were sent. */
interface HeardByPeople {
  secrets: number;
  reasons: number;
  calls: number;
  speech: number;
  kilobytes: number;
}

/** What the thinker who listens was sent. */
interface HeardByThinker {
  thinker: number;
  thinkerReasons: number;
  thinkerCalls: number;
}

export interface Heard extends HeardByPeople, HeardByThinker {
  thoughts: number;
  /** Public tables that somebody could not subscribe, and private ones that somebody could. */
  unheard: number;
  opened: number;
  /** Rows of thinking that SQL shows to the people, and to the thinker. */
  rows: number;
  thinkerRows: number;
}

/** Has questions asked and answered while others listen, and counts what they were sent. */
export async function eavesdrop(lab: Lab, setting: Setting): Promise<Heard> {
  const { people, privateTables, listener, thinker } = setting;
  const { host, database } = lab;
  await lab.call('lab_forget_requests');
  const tables = Object.keys(contractOf(await host.api.schema(database)).tables);
  const open = (token: string, of: string[]) => Recorder.open(host.url, database, token, of);
  const recorders = await Promise.all(people.map(({ token }) => open(token, [...tables, ...privateTables])));
  const trusted = await open(listener.token, THINKING);
  const words = newWords(setting.questions);
  await askAll(lab, words);
  const thoughts = await answerAll(lab, thinker, words);
  await sleep(300);
  const rows = await thinkingRows(lab, people);
  const thinkerRows = await thinkingRows(lab, [listener]);
  for (const recorder of [...recorders, trusted]) recorder.close();
  return {
    ...heardByPeople(recorders, words),
    ...heardByThinker(trusted, words),
    thoughts,
    unheard: sum(recorders.map(({ applied }) => tables.filter((table) => !applied.has(table)).length)),
    opened: sum(recorders.map(({ applied }) => privateTables.filter((table) => applied.has(table)).length)),
    rows,
    thinkerRows,
  };
}

function heardByPeople(recorders: Recorder[], { questions, reasons, answers }: Words): HeardByPeople {
  const count = (texts: string[]) => sum(recorders.flatMap((recorder) => texts.map((text) => recorder.count(text))));
  return {
    // A context is known by its own fields too, so that one without a question would be found as well.
    secrets: count([...questions.map((question) => `${question}?`), '"exits":', '"holds":', '"heard":']),
    reasons: count(reasons),
    calls: count(HIDDEN),
    speech: answers.filter((answer) => recorders.every((recorder) => recorder.count(answer) > 0)).length,
    kilobytes: Math.round(sum(recorders.map(({ characters }) => characters)) / 1_000),
  };
}

function heardByThinker(trusted: Recorder, { questions, reasons }: Words): HeardByThinker {
  return {
    thinker: questions.filter((question) => trusted.count(`${question}?`) > 0).length,
    thinkerReasons: reasons.filter((reason) => trusted.count(reason) > 0).length,
    thinkerCalls: sum(HIDDEN.map((name) => trusted.count(name))),
  };
}

/** How many rows of the tables of thinking SQL shows to some accounts. A refused query shows none. */
async function thinkingRows(lab: Lab, accounts: Account[]): Promise<number> {
  const read = (who: Account, table: string) =>
    lab.host.api.sql(lab.database, `SELECT * FROM ${table}`, who).then(
      (rows) => rows.length,
      () => 0,
    );
  return sum(await Promise.all(accounts.flatMap((who) => THINKING.map((table) => read(who, table)))));
}

/** For the page. */
export function outcomesOf(heard: Heard): Record<string, number> {
  return {
    'questions and contexts overheard': heard.secrets,
    'reasons overheard': heard.reasons,
    'rows read by SQL': heard.rows,
    'answers heard as speech': heard.speech,
    'requests thought': heard.thoughts,
    'questions that a thinker was sent': heard.thinker,
    'kB recorded': heard.kilobytes,
  };
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
