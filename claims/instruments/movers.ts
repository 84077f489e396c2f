import type { Account } from '../../spike/host/api.ts';
import { until } from '../../spike/until.ts';
import type { Lab } from '../harness/lab.ts';
import { belongingsIn, goldOf, type Belongings } from './moved.ts';
import type { MovedWorld } from './moving.ts';

const PATIENCE_MS = 60_000;

interface Player extends Account {
  agent: number;
}

/** What was missing after the world went on elsewhere. */
export interface Lived {
  /** Questions that nobody answered there. */
  unanswered: number;
  /** Players who spoke there as somebody else, or not at all. */
  others: number;
  /** Gold made or lost. */
  gold: number;
  ticks: number;
}

/** Players who speak and ask in one world, and go on in another. */
export class Movers {
  readonly #lab: Lab;
  readonly #players: Player[];

  private constructor(lab: Lab, players: Player[]) {
    this.#lab = lab;
    this.#players = players;
  }

  static async join(lab: Lab, count: number): Promise<Movers> {
    const players: Player[] = [];
    for (let index = 0; index < count; index++) {
      const account = await lab.account();
      const name = `Mover ${index}`;
      await lab.callAs(account, 'join', name);
      const [profile] = await lab.sql(`SELECT id FROM agent_profile WHERE name = '${name}'`);
      players.push({ ...account, agent: Number(profile?.['id']) });
    }
    return new Movers(lab, players);
  }

  /** Each player asks another agent, and a few agents wait for a thought of their own. */
  async speakAndAsk(round: number, reflections: number): Promise<void> {
    await this.#lab.call('lab_ask', reflections);
    for (const [index, player] of this.#players.entries()) {
      await this.#lab.callAs(player, 'act', { Say: `Round ${round}, word ${index}` });
      await this.#lab.callAs(player, 'ask', index, `Question ${round}, ${index}?`);
    }
  }

  /** The world in the game server goes on for some ticks, with its people and minds. */
  async liveOn(moved: MovedWorld, before: Belongings, ticks: number): Promise<Lived> {
    const answered = new Set(await moved.answer(this.#players.length));
    for (const player of this.#players) await moved.say(this.#lab, player, wordsOf(player));
    const first = Number((JSON.parse(before.clock.get('0') ?? '[0]') as number[])[0]);
    let after = await moved.snapshot();
    await until(async () => (after = await moved.snapshot()).tick >= first + ticks, PATIENCE_MS, 200);
    const answers = after.events.filter(({ kind, request }) => kind === 'say' && answered.has(request));
    const askers = new Set(answers.map(({ object }) => object));
    const isAsHimself = (player: Player) =>
      after.events.some(({ subject, words }) => subject === player.agent && words === wordsOf(player));
    return {
      unanswered: this.#players.filter(({ agent }) => !askers.has(agent)).length,
      others: this.#players.filter((player) => !isAsHimself(player)).length,
      gold: Math.abs(goldOf(belongingsIn(after)) - goldOf(before)),
      ticks: after.tick - first,
    };
  }
}

const wordsOf = ({ agent }: Player) => `I am agent ${agent}.`;
