import { expect, test } from 'playwright/test';
import type { Lab } from '../harness/lab.ts';
import { fingerprint } from './fingerprint.ts';

/** A lab whose tables hold these rows. */
function labWith(tables: Record<string, object[]>): Lab {
  const sql = (query: string) => Promise.resolve(tables[query.replace('SELECT * FROM ', '')] ?? []);
  return { sql } as unknown as Lab;
}

const agents = [{ id: 1 }, { id: 2 }];
const of = (rows: Record<string, object[]>) => fingerprint(labWith(rows), { filled: ['agent'], others: ['event'] });

test('the order of the rows does not count, their contents do', async () => {
  const before = await of({ agent: agents });
  expect(await of({ agent: [...agents].reverse() })).toBe(before);
  expect(await of({ agent: [{ id: 1 }, { id: 3 }] })).not.toBe(before);
  expect(await of({ agent: agents, event: [{ id: 1 }] })).not.toBe(before);
});

test('a table that should be filled and is empty ends the run, because two empty worlds always agree', async () => {
  await expect(of({})).rejects.toThrow('no rows in agent: the comparison would see nothing');
});
