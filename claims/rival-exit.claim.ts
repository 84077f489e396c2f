import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '../spike/host/api.ts';
import type { TableName } from '../spike/export/file/rows.ts';
import { until } from '../spike/until.ts';
import type { Condition } from './condition.ts';
import { claim } from './harness/claim.ts';
import { count, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { of } from './harness/scale.ts';
import { cutLine, loseRow } from './instruments/lost-row.ts';
import { belongingsIn, belongingsOf, differencesBetween, sizeOf, sumOf, type Belongings } from './instruments/moved.ts';
import { exportLab, loadInto, MovedWorld } from './instruments/moving.ts';
import { Cluster } from './instruments/rival-arms.ts';
import { newThinker } from './instruments/thinkers.ts';

const LIVING = of(1_000, 10_000);
const PLAYERS = of(5, 20);
const REFLECTIONS = of(20, 200);
/** Questions that a thinker of the old world is thinking about. */
const LEASED = of(2, 8);
const TICKS = of(10, 100);
const ROUNDS = of(1, 3);
/** A person at the terminal waits this long without wondering. */
const BACK_WITHIN_S = 60;
/** Players who are held wait no longer than they would for a slow page. */
const PAUSE_WITHIN_S = 10;
const GOLD = 0;
/** Tables of which the control loses a row. The loader itself refuses a world in which an agent is missing. */
const LOST = of<TableName[]>(
  ['holding', 'think_request'],
  ['holding', 'player', 'role_grant', 'said', 'event', 'think_request', 'think_context'],
);

interface Player extends Account {
  agent: number;
}

claim('rival-exit', {
  kind: 'measured',
  set: 'rival',
  minutes: { quick: 2, full: 5 },
  quickRounds: 1,
  starts: ['spike/rival/server/main.ts', 'spike/rival/postgres/postgres-process.ts'],
  why: 'Nobody should enter what they cannot leave. A team that depends on one vendor has to know what leaving costs, and whether anything is lost on the way.',
  method: `A world of ${LIVING.toLocaleString('en')} agents runs at 10 Hz; a tenth of them act in each tick. ${PLAYERS} players speak, and each asks an agent a question; a thinker holds the lease of ${LEASED} questions and answers none; ${REFLECTIONS} agents have an open request in all. \`npm run export\` writes the world to a file at one instant and leaves it standing. The file is loaded into an empty PostgreSQL, and the unchanged game server goes on with it. By the owner's SQL on one side and the game server's own snapshot on the other, everything is compared: agents with place, routine, route, name and persona; goods; players; roles; open think requests with what their minds are told; events; the last words of each place; and the clock. Then the clock goes on for ${TICKS} ticks, a mind there answers the open questions, and each player speaks with a token that their old one was exchanged for. The time counts from the pause to the first tick in the game server. The pause of an export after which the world goes on is measured apart.`,
  control: `From each of ${LOST.length} tables one row of the export is lost, with a checksum to match: the same comparison must notice. A file from which a line was cut must be refused.`,
  figures: {
    differences: count('Rows that were lost, new or different after the move', 'rows'),
    rows: count('Rows compared', 'rows'),
    gold: count('Gold made or lost until the last tick', 'gold'),
    questions: count('Open questions that moved', 'questions'),
    unanswered: count('Open questions that were not answered there', 'questions'),
    others: count('Players whose token led another body, or none', 'players'),
    ticks: count('Ticks lived on', 'ticks'),
    still: samples('From the pause to the first tick in the game server', 's'),
    pause: samples('Pause of an export after which the world goes on', 's'),
    noticed: count('Lost rows that the comparison noticed', 'rows'),
    refused: count('Cut files that were refused', 'files'),
  },
  limits: ({ subject, control }) => [
    subject.differences.never(),
    subject.gold.never(),
    subject.unanswered.never(),
    subject.others.never(),
    subject.rows.atLeast(ROUNDS * LIVING),
    subject.questions.atLeast(ROUNDS * PLAYERS),
    subject.ticks.atLeast(ROUNDS * TICKS),
    full(subject.still.max.atMost(BACK_WITHIN_S)),
    full(subject.pause.max.atMost(PAUSE_WITHIN_S)),
    control.noticed.exactly(ROUNDS * LOST.length),
    control.refused.exactly(ROUNDS),
  ],
  headline: ({ subject }) =>
    `${subject.rows.value.toLocaleString('en')} rows moved in ${ROUNDS} rounds, none lost; ticks again after ${subject.still.max.value.toFixed(1)} s`,
  async run({ lab, scale, subject, control, under }) {
    const cluster = await Cluster.start();
    const room = mkdtempSync(join(tmpdir(), 'spellkave-exit-'));
    try {
      await lab.call('lab_populate', LIVING);
      await lab.call('set_tempo', 100, 10, 0);
      const players = await joinAll(lab);
      const thinker = await newThinker(lab);
      let compared: { before: Belongings; after: Belongings } | undefined;
      await scale.each(async (round) => {
        await lab.call('lab_forget_requests');
        await lab.call('resume_clock');
        await speakAndAsk(lab, players, round);
        // Their leases end with this world, and their questions do not.
        await lab.callAs(thinker, 'lease', LEASED);
        const file = join(room, `${round}.ndjson`);
        subject.pause.add((await exportLab(lab, `${file}.aside`, false)).heldMs / 1_000);
        const paused = performance.now();
        await exportLab(lab, file, true);
        const { url, drop } = await cluster.database();
        await loadInto(url, file, `${file}.map`);
        const moved = await MovedWorld.start(url, `${file}.map`);
        try {
          const after = belongingsIn(await moved.snapshot());
          subject.still.add(((await moved.goOn()) - paused) / 1_000);
          // Here nothing moves any more, so there is time to compare.
          const before = await belongingsOf(lab);
          compared = { before, after };
          subject.rows.add(sizeOf(before));
          subject.differences.add(differencesBetween(before, after));
          subject.questions.add(players.length);
          const lived = await liveOn(lab, moved, players, before);
          subject.unanswered.add(lived.unanswered);
          subject.others.add(lived.others);
          subject.gold.add(lived.gold);
          subject.ticks.add(lived.ticks);
          for (const table of LOST) control.noticed.add((await isNoticed(cluster, file, table, before)) ? 1 : 0);
          control.refused.add((await isRefused(cluster, file)) ? 1 : 0);
        } finally {
          await moved.stop();
          await drop();
        }
      }, ROUNDS);
      if (compared) {
        under(conditionOf('before', 'On SpacetimeDB, as it stands', compared.before));
        under(conditionOf('after', 'In the game server, before it goes on', compared.after));
      }
    } finally {
      await cluster.postgres.stop();
      rmSync(room, { recursive: true, force: true });
    }
  },
});

async function joinAll(lab: Lab): Promise<Player[]> {
  const players: Player[] = [];
  for (let index = 0; index < PLAYERS; index++) {
    const account = await lab.account();
    const name = `Mover ${index}`;
    await lab.callAs(account, 'join', name);
    const [profile] = await lab.sql(`SELECT id FROM agent_profile WHERE name = '${name}'`);
    players.push({ ...account, agent: Number(profile?.['id']) });
  }
  return players;
}

/** Each player asks another agent, and a few agents wait for a thought of their own. */
async function speakAndAsk(lab: Lab, players: Player[], round: number): Promise<void> {
  await lab.call('lab_ask', REFLECTIONS);
  for (const [index, player] of players.entries()) {
    await lab.callAs(player, 'act', { Say: `Round ${round}, word ${index}` });
    await lab.callAs(player, 'ask', index, `Question ${round}, ${index}?`);
  }
}

/** The world in the game server goes on, with its people and minds. */
async function liveOn(
  lab: Lab,
  moved: MovedWorld,
  players: Player[],
  before: Belongings,
): Promise<{ unanswered: number; others: number; gold: number; ticks: number }> {
  const answered = new Set(await moved.answer(players.length));
  for (const player of players) await moved.say(lab, player, `I am agent ${player.agent}.`);
  const first = Number((JSON.parse(before.clock.get('0') ?? '[0]') as number[])[0]);
  let after = await moved.snapshot();
  await until(async () => (after = await moved.snapshot()).tick >= first + TICKS, 60_000, 200);
  const answers = after.events.filter(({ kind, request }) => kind === 'say' && answered.has(request));
  const askers = new Set(answers.map(({ object }) => object));
  const isAsHimself = ({ agent }: Player) =>
    after.events.some(({ subject, words }) => subject === agent && words === `I am agent ${agent}.`);
  const isGold = (good: number) => good === GOLD;
  return {
    unanswered: players.filter(({ agent }) => !askers.has(agent)).length,
    others: players.filter((player) => !isAsHimself(player)).length,
    gold: Math.abs(sumOf(belongingsIn(after), isGold) - sumOf(before, isGold)),
    ticks: after.tick - first,
  };
}

async function isNoticed(cluster: Cluster, file: string, table: TableName, before: Belongings): Promise<boolean> {
  const { url, drop } = await cluster.database();
  const lost = `${file}.without-${table}`;
  loseRow(file, table, lost);
  try {
    return differencesBetween(before, belongingsIn(await loadInto(url, lost, `${lost}.map`))) > 0;
  } finally {
    await drop();
  }
}

async function isRefused(cluster: Cluster, file: string): Promise<boolean> {
  const { url, drop } = await cluster.database();
  const cut = `${file}.cut`;
  cutLine(file, cut);
  try {
    await loadInto(url, cut, `${cut}.map`);
    return false;
  } catch (error) {
    return /is damaged/.test((error as Error).message);
  } finally {
    await drop();
  }
}

function conditionOf(name: string, label: string, belongings: Belongings): Condition {
  const figure = (key: string, what: string, unit: string, value: number) => ({ name: key, label: what, unit, value });
  const { agents, players, open, events } = belongings;
  return {
    name,
    label,
    figures: [
      figure('agents', 'Agents', 'agents', agents.size),
      figure(
        'gold',
        'Gold',
        'gold',
        sumOf(belongings, (good) => good === GOLD),
      ),
      figure(
        'goods',
        'Other goods',
        'pieces',
        sumOf(belongings, (good) => good !== GOLD),
      ),
      figure('players', 'Players', 'players', players.size),
      figure('open', 'Open think requests', 'requests', open.size),
      figure('events', 'Events in the window', 'events', events.size),
    ],
  };
}
