import { expect, test } from 'playwright/test';
import { listEvidence } from '../../claims/evidence-file.ts';
import { claimTitle, hasTitle } from './claim-title.ts';

test('every claim has a title that is not its id', () => {
  expect(
    listEvidence('.').filter((id) => !hasTitle(id)),
    'claims that src/lib/claim-title.ts does not name',
  ).toEqual([]);
});

test('a claim without a title shows its id as words', () => {
  expect(claimTitle('new-thing')).toBe('New thing');
});
