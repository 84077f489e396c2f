import { claim } from './harness/claim.ts';
import { count } from './harness/figures.ts';
import { eavesdrop, outcomesOf } from './instruments/eavesdropping.ts';
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
    const [stranger, player] = [await lab.account(), await lab.account()];
    await lab.callAs(player, 'join', 'Listener');
    const thinker = await newThinker(lab);
    const setting = { people: [stranger, player], privateTables: PRIVATE, listener, thinker, questions: ASKERS };
    await lab.call('set_tempo', 100, 10, 3);
    await scale.each(async () => {
      const heard = await eavesdrop(lab, setting);
      for (const figure of ['secrets', 'reasons', 'calls', 'rows', 'speech', 'thoughts', 'unheard', 'opened'] as const)
        subject[figure].add(heard[figure]);
      for (const figure of ['thinker', 'thinkerRows', 'thinkerReasons', 'thinkerCalls'] as const)
        control[figure].add(heard[figure]);
      tally('subject', 'as it is', outcomesOf(heard));
    });
    await lab.call('lab_break', { Leak: [] }, true);
    const leaking = await eavesdrop(lab, setting);
    control.secrets.add(leaking.secrets);
    tally('control', 'contexts also where no filter stands', outcomesOf(leaking));
    await lab.call('lab_break', { Leak: [] }, false);
  },
});
