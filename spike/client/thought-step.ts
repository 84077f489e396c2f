import type { ThinkRequest } from './bindings/index.ts';

/** One step in the life of a think request. Plain data: it goes to a page, and into a recording. */
export interface ThoughtStep {
  request: number;
  agent: number;
  /** Who asked, or `NOBODY` for the agent's own wish. */
  asker: number;
  what: StepName;
  /** Since 1970, by the world's clock. */
  atMs: number;
  /** Why it was refused or not done; empty otherwise. */
  reason: string;
}

export const STEPS = ['asked', 'leased', 'returned', 'refused', 'done', 'dead', 'expired', 'replaced'] as const;
export type StepName = (typeof STEPS)[number];

/** What a request's row does not hold. */
export interface StepContext {
  /** Why the last answer was refused. */
  refusal: string;
  /** Why the request ended without an action. */
  reason: string;
  /** The world's time. */
  nowMs: number;
}

/** The world keeps an ended request so long, and its row says until when. */
const KEEP_ENDED_MS = 60_000;

/** The steps that a change of a row shows; of a new row, all that it still tells. */
export function stepsOf(before: ThinkRequest | undefined, row: ThinkRequest, context: StepContext): ThoughtStep[] {
  const steps: ThoughtStep[] = [];
  const say = (what: StepName, atMs: number, reason = '') =>
    steps.push({ request: Number(row.id), agent: row.agent, asker: row.asker, what, atMs, reason });
  if (!before) say('asked', millis(row.askedAt));
  if (row.leaseEpoch > (before?.leaseEpoch ?? 0n)) say('leased', millis(row.leasedAt));
  if (row.attempts > (before?.attempts ?? 0)) say('refused', context.nowMs, context.refusal || context.reason);
  const state = row.state.tag;
  if (state === before?.state.tag) return steps;
  const isBack = state === 'Pending' && before?.state.tag === 'Leased' && row.attempts === before.attempts;
  if (isBack) say('returned', context.nowMs);
  const ended = { Done: 'done', Dead: 'dead', Expired: 'expired' } as const;
  if (state in ended)
    say(ended[state as keyof typeof ended], Number(row.reapAtUs / 1_000n) - KEEP_ENDED_MS, context.reason);
  return steps;
}

function millis(moment: { __timestamp_micros_since_unix_epoch__: bigint }): number {
  return Number(moment.__timestamp_micros_since_unix_epoch__ / 1_000n);
}
