import { expect, test } from 'playwright/test';
import { BadRequest, Refused, Trapped } from '../../spike/host/api.ts';
import { byWorldOrForShape, forRole, inWords, Tries } from './tries.ts';

const fails = (error: Error) => () => Promise.reject(error);

test('counts what was done, what was refused, and refusals without a reason', async () => {
  const tries = new Tries();
  await tries.try('a write', byWorldOrForShape, () => Promise.resolve());
  await tries.try('a write', byWorldOrForShape, fails(new Refused('not yours')));
  await tries.try('a read', byWorldOrForShape, fails(new Refused('')));
  expect(tries.byKind).toEqual({
    'a write': { done: 1, refused: 1, speechless: 0 },
    'a read': { done: 0, refused: 1, speechless: 1 },
  });
  expect(tries.total('refused')).toBe(2);
});

for (const [what, isRefusal, error] of [
  ['a bad request', forRole, new BadRequest('invalid arguments')],
  ['a trap', byWorldOrForShape, new Trapped('fatal error')],
  ['a refusal for another reason than the role', forRole, new Refused('there is no agent 7')],
  ['other words of the host', inWords(/no such reducer/), new Error('404 no such database')],
  ['a connection that closed', byWorldOrForShape, new Error('the connection closed')],
] as const) {
  test(`${what} does not count as a refusal, and ends the run`, async () => {
    const tries = new Tries();
    await expect(tries.try('an act', isRefusal, fails(error))).rejects.toThrow(`an act: `);
    expect(tries.total('refused')).toBe(0);
  });
}

test('a refusal because of the role counts, in the words of the world', async () => {
  const tries = new Tries();
  await tries.try('an act', forRole, fails(new Refused('only the role Owner may set the tempo')));
  await tries.try('an act', forRole, fails(new Refused("only the world's own scheduler may tick")));
  expect(tries.total('refused')).toBe(2);
});
