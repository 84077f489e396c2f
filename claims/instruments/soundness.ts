import { halvedThoughts } from './consistency.ts';
import type { Queried } from './requests.ts';

/** Holds what nobody holds: the module's own sentinel. */
const NOBODY = 2 ** 32 - 1;

/** How much of each good a world held while it was set up, by the number of its agents. */
export type KnownSums = Map<number, string>;

/** Notes the present sums. Call it after each step of the setup that adds agents, while nothing else does. */
export async function noteSums(world: Queried, known: KnownSums): Promise<void> {
  known.set((await world.sql('SELECT id FROM agent')).length, sums(await world.sql('SELECT * FROM holding')));
}

/**
 * What is wrong with a world, in words; nothing for a sound one, at whatever moment of its past it stands. Goods and gold
 * only change hands, so their sums follow from how many agents there are.
 */
export async function faultsOf(world: Queried, known: KnownSums): Promise<string[]> {
  const ids = async (table: string, column = 'id') =>
    (await world.sql(`SELECT ${column} FROM ${table}`)).map((row) => row[column]);
  const agents = await world.sql('SELECT * FROM agent');
  const holdings = await world.sql('SELECT * FROM holding');
  const [living, places, goods] = [
    new Set([NOBODY, ...agents.map(({ id }) => id)]),
    new Set(await ids('place')),
    new Set(await ids('good')),
  ];
  const held = sums(holdings);
  const halves = await halvedThoughts(world);
  const dangling = (what: string, rows: unknown[], known: Set<unknown>) =>
    rows.filter((each) => !known.has(each)).map((each) => `${what} ${String(each)}, which does not exist`);
  return [
    ...(held === (known.get(agents.length) ?? '[]') ? [] : [`${agents.length} agents hold ${held}`]),
    ...dangling(
      'an agent is in place',
      agents.map(({ place }) => place),
      places,
    ),
    ...dangling(
      'a holding belongs to agent',
      holdings.map(({ holder }) => holder),
      living,
    ),
    ...dangling(
      'a holding is of good',
      holdings.map(({ good }) => good),
      goods,
    ),
    ...dangling('a profile is of agent', await ids('agent_profile'), living),
    ...dangling('a player plays agent', await ids('player', 'agent'), living),
    ...dangling('a request is of agent', await ids('think_request', 'agent'), living),
    ...(halves > 0 ? [`${halves} thoughts are there in part`] : []),
    ...gapsIn((await ids('event', 'words')).map(String)),
  ];
}

function sums(holdings: Record<string, unknown>[]): string {
  const total: Record<string, number> = {};
  for (const { good, quantity } of holdings) total[String(good)] = (total[String(good)] ?? 0) + Number(quantity);
  return JSON.stringify(Object.entries(total).sort());
}

/** Speakers number their sentences `run, speaker, word`: one that is missing before a later one is a hole in the past. */
function gapsIn(sentences: string[]): string[] {
  const last = new Map<string, number>();
  const count = new Map<string, number>();
  for (const sentence of sentences) {
    const [, speaker, word] = /^(\d+, \d+), (\d+)$/.exec(sentence) ?? [];
    if (speaker === undefined) continue;
    last.set(speaker, Math.max(last.get(speaker) ?? 0, Number(word)));
    count.set(speaker, (count.get(speaker) ?? 0) + 1);
  }
  return [...last]
    .filter(([speaker, word]) => count.get(speaker) !== word + 1)
    .map(([speaker]) => `words of ${speaker} are missing before a later one`);
}
