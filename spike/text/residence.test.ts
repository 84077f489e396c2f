import { expect, test } from 'playwright/test';
import { believed, residenceOf, type Residence, type Sight } from './residence.ts';

const AT_HOME = { agent: 7, isAway: false };
const AWAY = { agent: 7, isAway: true };

test('the region with a living body is where somebody lives', () => {
  expect(residenceOf([{ region: 0, body: AT_HOME }, { region: 1 }])).toEqual({ state: 'here', region: 0 });
  const abroad: Sight[] = [
    { region: 0, body: AWAY, passport: { hops: 1, region: 1 }, leavesFor: 1 },
    { region: 1, body: AT_HOME, passport: { hops: 1, region: 1 } },
  ];
  expect(residenceOf(abroad)).toEqual({ state: 'here', region: 1 });
});

test('between two regions somebody is on the way', () => {
  const offered: Sight[] = [{ region: 0, body: AWAY, leavesFor: 1 }, { region: 1 }];
  expect(residenceOf(offered)).toEqual({ state: 'crossing', from: 0, to: 1 });
  expect(residenceOf([{ region: 1, isPending: true }])).toEqual({ state: 'crossing', from: undefined, to: 1 });
});

test('a visitor on the way home is on the way, although their home still knows them abroad', () => {
  const sights: Sight[] = [
    { region: 0, body: AWAY, passport: { hops: 1, region: 1 } },
    { region: 1, leavesFor: 0, passport: { hops: 2, region: 0 } },
  ];
  expect(residenceOf(sights)).toEqual({ state: 'crossing', from: 1, to: 0 });
});

test('while their region does not answer, the latest passport tells where somebody lives', () => {
  expect(residenceOf([{ region: 0, body: AWAY, passport: { hops: 1, region: 1 } }])).toEqual({
    state: 'here',
    region: 1,
  });
  const three: Sight[] = [
    { region: 0, body: AWAY, passport: { hops: 1, region: 1 } },
    { region: 1, passport: { hops: 2, region: 2 } },
  ];
  expect(residenceOf(three)).toEqual({ state: 'here', region: 2 });
});

test('of two living copies, as after a restore, the one with more crossings counts', () => {
  const sights: Sight[] = [
    { region: 0, body: AT_HOME },
    { region: 1, body: AT_HOME, passport: { hops: 1, region: 1 } },
  ];
  expect(residenceOf(sights)).toEqual({ state: 'here', region: 1 });
});

test('somebody whom no region knows lives nowhere', () => {
  expect(residenceOf([{ region: 0 }, { region: 1 }])).toEqual({ state: 'nowhere' });
  expect(residenceOf([])).toEqual({ state: 'nowhere' });
});

test('a region that answers, and is said to have somebody, is about to show them', () => {
  const sights: Sight[] = [{ region: 0, body: AWAY, passport: { hops: 1, region: 1 } }, { region: 1 }];
  expect(residenceOf(sights)).toEqual({ state: 'crossing', from: undefined, to: 1 });
});

test('somebody still lives in a region that stops answering', () => {
  const abroad: Residence = { state: 'here', region: 1 };
  const back: Residence = { state: 'here', region: 0 };
  const silent = () => false;
  for (const seen of [{ state: 'nowhere' }, { state: 'crossing', from: 0, to: 1 }] satisfies Residence[])
    expect(believed(abroad, seen, silent)).toEqual(abroad);
  expect(believed(abroad, back, silent)).toEqual(back);
  const left: Residence = { state: 'crossing', from: 1, to: 0 };
  expect(believed(abroad, left, () => true)).toEqual(left);
  expect(believed(left, { state: 'nowhere' }, silent)).toEqual(left);
});
