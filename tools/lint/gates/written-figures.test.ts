import { expect, test } from 'playwright/test';
import { someRun } from '../../../claims/evidence.fixture.ts';
import { figuresIn } from '../../../records/site-figures.ts';
import { found, someFile } from '../read/project.fixture.ts';
import { writtenFiguresExist } from './written-figures.ts';

const evidence = [someFile(someRun('tick'))];
const findings = (reference: string) =>
  found(writtenFiguresExist, {
    figures: figuresIn('a.mdx', `It is late by <Cited figure="${reference}" />.`),
    evidence,
  });

test('a figure that its claim has may be written into a page, and one of a claim without a run too', () => {
  expect(findings(`tick#${someRun('tick').checks[0]?.name}`)).toEqual([]);
  expect(findings('not-there-yet#lateness.p99')).toEqual([]);
});

test('a figure that a measured claim does not have is found with its line', () => {
  expect(findings('tick#latness.p99')).toEqual(['a.mdx:1: "tick" has no figure "latness.p99"']);
});
