import { anchorOf, type Check } from '../../claims/check.ts';
import { parseMarkdown, wordsOf } from '../../records/markdown.ts';
import type { FrontMatter } from '../../records/front-matter.ts';
import type { DecisionRecord } from '../../records/record.ts';
import { readClaims, type Claim } from './claim.ts';
import { gatesOf } from './margin.ts';
import { siteRecords } from './records.ts';

const RECORD = '0001';

/** A figure that the decision is argued with, with its limit. */
export interface KeyFigure {
  claim: string;
  /** The figure in words, up to its value. */
  says: string;
  check: Check;
}

/** What the front page says in one minute, and the picture of the site in one second. */
export interface Decision {
  record: DecisionRecord;
  head: FrontMatter;
  /** The outcome in one sentence, without its reason and without a full stop. */
  verdict: string;
  figures: KeyFigure[];
  claims: Claim[];
}

const FIGURES = [
  { claim: 'tick-cadence', anchor: 'lateness.p99', says: '99 of 100 ticks of 1,000 agents are late by at most' },
  { claim: 'crash-loss', anchor: 'loss.max', says: 'The worst of ten kills of the host lost' },
  { claim: 'think-roundtrip', anchor: 'roundtrip.p99', says: 'Besides its mind’s time, a thought takes at most' },
];

/** @throws Error when the record cannot be read, has no verdict, or the evidence lacks one of the figures */
export function readDecision(root: string): Decision {
  const record = siteRecords(root).find(({ number }) => number === RECORD);
  if (!record?.head) throw new Error(`record ${RECORD} cannot be read: run npm run lint:adr`);
  const claims = readClaims(root);
  const figures = FIGURES.map(({ claim, anchor, says }) => ({ claim, says, check: checkOf(claims, claim, anchor) }));
  return { record, head: record.head, verdict: verdictOf(record.text), figures, claims };
}

/** The first sentence of "In short", up to its reason. */
export function verdictOf(text: string): string {
  const [, sentence] = /^\*\*In short\.\*\* (.+?)(?:, because .*)?\.?$/m.exec(text) ?? [];
  if (!sentence)
    throw new Error(`record ${RECORD} has no line that begins with "**In short.**": write its verdict there`);
  return wordsOf(parseMarkdown(sentence).root);
}

function checkOf(claims: Claim[], id: string, anchor: string): Check {
  const claim = claims.find((claim) => claim.id === id);
  const check = claim && gatesOf(claim).find((check) => anchorOf(check) === anchor);
  if (!check)
    throw new Error(`the front page shows ${anchor} of ${id}, which its evidence lacks: choose another figure`);
  return check;
}
