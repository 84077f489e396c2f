import { identityArgument } from '../host/api.ts';
import { memoryTokens } from '../client/token-store.ts';
import type { Mind } from '../thinker/mind.ts';
import { startThinker } from '../thinker/thinker.ts';
import { expect, livesIn, test } from './border.fixture.ts';

const OLAF = 1;

test('a thought whose agent leaves meanwhile ends, and the thinker of the other region thinks on', async ({
  border,
  world,
}) => {
  test.setTimeout(60_000);
  const { north, south, api } = border;
  const account = await api.createAccount();
  for (const region of [north, south]) await region.call('grant_role', [identityArgument(account), { Thinker: [] }]);
  border.relay();
  for (const region of [north, south]) await expect.poll(() => region.sql('SELECT * FROM peer')).toHaveLength(1);

  const [isAtGate, isAsked, hasLeft] = [signal(), signal(), signal()];
  /** Olaf sets out by a reflection, while his mind is busy with a question. */
  const mind: Mind = {
    name: 'restless',
    async think({ agent, exits, question }) {
      if (agent?.id !== OLAF || (question === '' && !exits.includes('over'))) return { tag: 'Wait' };
      if (question === '') {
        isAtGate.give();
        await isAsked.given;
        return { tag: 'Go', value: 'over' };
      }
      isAsked.give();
      await hasLeft.given;
      return { tag: 'Say', value: 'I was on my way.' };
    },
  };
  const lines: string[] = [];
  const thinkerOf = (database: string) =>
    startThinker({
      ...{ url: world.host.url, database, tokens: memoryTokens(account.token), mind, concurrency: 4 },
      ...{ timeoutMs: 30_000, log: (line) => lines.push(line) },
    });
  const thinkers = [north, south].map(({ database }) => thinkerOf(database));
  try {
    // Four seconds between two acts, so that he is still at the gate when the clock stops.
    await north.call('set_tempo', [20, 200, 1]);
    await north.call('resume_clock');
    await isAtGate.given;
    await north.call('pause_clock');
    const tove = await world.player('Tove');
    await north.call('ask', [OLAF, 'Where are you going?'], tove);
    await expect.poll(() => livesIn(south), { timeout: 20_000 }).toContain(OLAF);
    hasLeft.give();
    await expect.poll(() => lines.join('\n'), { timeout: 20_000 }).toContain('Olaf has left for another region');
    // Refused three times, and then nobody thinks about it any more.
    const ended = async () => (await north.sql('SELECT * FROM think_outcome')).map(({ reason }) => String(reason));
    await expect
      .poll(async () => (await ended()).join('\n'), { timeout: 30_000 })
      .toContain('Olaf has left for another region');

    const sif = await api.createAccount();
    await south.call('join', ['Sif'], sif);
    await south.call('ask', [OLAF, 'Are you here?'], sif);
    await expect
      .poll(() => south.sql("SELECT * FROM event WHERE kind = 'say'"), { timeout: 15_000 })
      .toMatchObject([{ subject: OLAF, words: 'I was on my way.' }]);
  } finally {
    for (const thinker of thinkers) await thinker.stop();
  }
});

function signal() {
  let give: () => void = () => {};
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give: () => give() };
}
