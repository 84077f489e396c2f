import { randomUUID } from 'node:crypto';
import { ARM_NAMES, expect, test } from './arms.fixture.ts';

for (const armName of ARM_NAMES)
  test.describe(armName, () => {
    test.use({ armName });

    test('nobody but a thinker is sent what a mind is told, or why it failed', async ({ world }) => {
      await world.owner.call('set_tempo', 50, 1, 0);
      const [question, reason, answer] = [randomUUID(), randomUUID(), randomUUID()];
      const listener = await world.player('Ada');
      const listeners = [await world.listen(listener), await world.listen(await world.stranger())];
      const nils = await world.player('Nils');
      const thinker = await world.thinker();
      await nils.call('ask', 0, `Do you know ${question}?`);
      const [first] = await thinker.lease(1);
      expect(first?.payload).toContain(question);
      await thinker.call('give_back', first?.request, 1, { Refused: [] }, `no idea, ${reason}`, 0);
      let second;
      await expect.poll(async () => ([second] = await thinker.lease(1)).length, { timeout: 15_000 }).toBe(1);
      expect(second).toMatchObject({ leaseEpoch: 2, refusal: `no idea, ${reason}` });
      await thinker.call('submit', first?.request, 2, { Say: `I heard of ${answer}.` });
      // They listen: what was said they were sent, after all that came before.
      for (const each of listeners) await expect.poll(() => each.heard(answer), { timeout: 10_000 }).toBe(true);
      for (const each of listeners) {
        expect(each.heard(question)).toBe(false);
        expect(each.heard(reason)).toBe(false);
        expect(each.heard('give_back')).toBe(false);
        await each.close();
      }
      await expect(listener.call('lease', 1)).rejects.toThrow('only the role Thinker may lease a think request');
    });
  });
