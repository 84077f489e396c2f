import { expect, test } from 'playwright/test';
import { readRegion, regionsOf, regionText } from './region-address.ts';

const USUAL = { url: 'http://127.0.0.1:3000', database: 'spellkave' };

test('a region is the address of its host and the name of its database', () => {
  expect(readRegion('http://127.0.0.1:3000/north')).toEqual({ url: 'http://127.0.0.1:3000', database: 'north' });
  for (const text of [
    'north',
    'http://127.0.0.1:3000',
    'http://127.0.0.1:3000/',
    'ftp://a/b',
    'http://a/b/c',
    'http:///x',
  ])
    expect(readRegion(text), text).toBeUndefined();
});

test('without --region there is one world, and each --region adds one', () => {
  expect(regionsOf(undefined, USUAL)).toEqual([USUAL]);
  const two = ['http://127.0.0.1:3000/north', 'http://127.0.0.1:3001/south'];
  expect(regionsOf(two, USUAL).map(regionText)).toEqual(two);
});

test('an address that is not one, and a region that comes twice, are named with the fix', () => {
  expect(() => regionsOf(['north'], USUAL)).toThrow('--region north is not an address: use URL/DATABASE');
  const same = 'http://127.0.0.1:3000/north';
  expect(() => regionsOf([same, same], USUAL)).toThrow(`--region ${same} is given twice`);
});
