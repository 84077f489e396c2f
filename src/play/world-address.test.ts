import { expect, test } from 'playwright/test';
import { readWorldAddress } from './world-address.ts';

const USUAL = { url: 'http://127.0.0.1:3000', database: 'spellkave' };

test('without a fragment the page plays in the world that `npm start` runs', () => {
  expect(readWorldAddress('')).toEqual({ regions: [USUAL], fault: undefined });
  expect(readWorldAddress('#host=http://127.0.0.1:3100&database=isle').regions).toEqual([
    { url: 'http://127.0.0.1:3100', database: 'isle' },
  ]);
});

test('a fragment names the regions of a world in their order', () => {
  expect(readWorldAddress('#regions=http://127.0.0.1:3000/north,http://127.0.0.1:3001/south')).toEqual({
    regions: [
      { url: 'http://127.0.0.1:3000', database: 'north' },
      { url: 'http://127.0.0.1:3001', database: 'south' },
    ],
    fault: undefined,
  });
});

test('a region that is not an address is named', () => {
  expect(readWorldAddress('#regions=http://127.0.0.1:3000/north,south')).toEqual({
    regions: [USUAL],
    fault: '“south” is not the address of a region: write URL/DATABASE.',
  });
});
