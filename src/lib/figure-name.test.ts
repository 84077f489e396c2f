import { expect, test } from 'playwright/test';
import { parseFigureName, writeFigureName } from './figure-name.ts';

for (const [name, parts] of [
  ['lateness.p99', { samples: 'lateness', percent: 99 }],
  ['first-tick.max', { samples: 'first-tick', percent: 100 }],
  ['revoke-role.p0', { samples: 'revoke-role', percent: 0 }],
  ['missed', { samples: 'missed' }],
  ['period.mean', { samples: 'period.mean' }],
] as const) {
  test(`${name} is read into its parts and written back`, () => {
    expect(parseFigureName(name)).toEqual(parts);
    expect(writeFigureName(parts)).toBe(name);
  });
}
