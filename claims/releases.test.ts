import { readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { ageOn, recommended, RELEASES } from './releases.ts';

test('the newest version that has been out for four weeks is recommended, and the next with its day', () => {
  expect(recommended('2026-11-26')).toEqual({ now: '2.12.0', next: { version: '2.14.0', from: '2026-11-27' } });
  expect(recommended('2026-11-27').now).toBe('2.14.0');
  expect(recommended('2027-02-01')).toEqual({ now: '2.16.1' });
  expect(() => recommended('2026-01-01')).toThrow('no release is 4 weeks old');
});

test('an age is in weeks, and from three months on in months', () => {
  expect(ageOn('2026-11-26', '2.12.0')).toBe('6 weeks');
  expect(ageOn('2026-11-26', '1.2.0')).toBe('17 months');
  expect(() => ageOn('2026-11-26', '9.9.9')).toThrow('the release of host 9.9.9 is not known');
});

test('record 0002 names the same days for the versions that it weighs', () => {
  const record = readFileSync('adr/0002-pin-one-spacetimedb-version.md', 'utf8');
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
  for (const [version, released] of Object.entries(RELEASES).filter(([version]) => version.startsWith('2.')))
    expect(record).toMatch(
      new RegExp(
        String.raw`\[${version.replaceAll('.', String.raw`\.`)}\]\([^)]*\)[^\n]*${day.format(new Date(released))}`,
      ),
    );
});
