import { expect, test } from 'playwright/test';
import { retryAfterMs } from './retry-after.ts';

const NOW = Date.UTC(2026, 0, 1);
const inHeaders = (headers: Record<string, string>, body = '') => retryAfterMs(new Headers(headers), body, NOW);
const inBody = (body: unknown) => inHeaders({}, typeof body === 'string' ? body : JSON.stringify(body));
const said = (message: string) => ({ error: { message, type: 'requests', code: 'rate_limit_exceeded' } });
const RESET_S = NOW / 1_000 + 30;

for (const [headers, ms] of [
  [{ 'retry-after': '7' }, 7_000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after': '7s' }, 7_000],
  [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Thursday, 01-Jan-26 00:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Thu Jan  1 00:00:30 2026 GMT' }, 30_000],
  [{ 'retry-after': '7', 'retry-after-ms': '250' }, 250],
  [{ ratelimit: '"default";r=0;t=30' }, 30_000],
  [{ ratelimit: 'limit=100, remaining=0, reset=30' }, 30_000],
  [{ ratelimit: '"default";r=5;t=30' }, 0],
  [{ 'retry-after': '7', 'x-ms-retry-after-ms': '6900' }, 6_900],
  [{ 'x-ratelimit-reset-after': '1.5' }, 1_500],
  [{ 'x-ratelimit-reset-requests': '1s', 'x-ratelimit-reset-tokens': '6m0s' }, 360_000],
  [{ 'x-ratelimit-reset-tokens': '120ms' }, 120],
  [
    {
      'x-ratelimit-reset-requests': '6m0s',
      'x-ratelimit-remaining-requests': '99',
      'x-ratelimit-reset-tokens': '2s',
      'x-ratelimit-remaining-tokens': '0',
    },
    2_000,
  ],
  [{ 'x-ratelimit-reset': '30' }, 30_000],
  [{ 'x-ratelimit-reset': String(RESET_S) }, 30_000],
  [{ 'x-ratelimit-reset': String(RESET_S * 1_000) }, 30_000],
  [{ 'ratelimit-reset': '50' }, 50_000],
  [{ 'anthropic-ratelimit-requests-reset': '2026-01-01T00:00:30Z' }, 30_000],
  [{ 'retry-after': '3', 'x-ratelimit-reset-requests': '6m0s' }, 3_000],
] as [Record<string, string>, number][]) {
  test(`reads ${ms} ms from the headers ${JSON.stringify(headers)}`, () => {
    expect(inHeaders(headers)).toBe(ms);
  });
}

const RETRY_INFO = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.074824224s' };
const HELP = { '@type': 'type.googleapis.com/google.rpc.Help', links: [] };
for (const [body, ms] of [
  [{ error: { code: 429, message: 'Quota.', status: 'RESOURCE_EXHAUSTED', details: [HELP, RETRY_INFO] } }, 34_075],
  [[{ error: { code: 429, details: [RETRY_INFO] } }], 34_075],
  [{ error: { details: [{ retry_delay: { seconds: 27, nanos: 5e8 } }] } }, 27_500],
  [{ retry_after: 3 }, 3_000],
  [{ message: 'You are being rate limited.', retry_after: 0.65, global: false }, 650],
  [{ error: { retry_after: '3' } }, 3_000],
  [{ error: { retry_after_ms: 250 } }, 250],
  [{ error: { retryAfterMs: 250 } }, 250],
  [{ retryAfter: '5s' }, 5_000],
  [{ detail: { 'retry-after-seconds': 4 } }, 4_000],
  [{ error: { code: 429, metadata: { headers: { 'X-RateLimit-Reset': String(RESET_S * 1_000) } } } }, 30_000],
  [said('Rate limit reached for a-model. Limit: 3 / min. Please try again in 20s. Visit https://…'), 20_000],
  [said('Rate limit reached … on tokens per min (TPM): Limit 30000, Used 22999. Please try again in 6m0s.'), 360_000],
  [said('Please try again in 1.234s.'), 1_234],
  [said('Please try again in 250ms.'), 250],
  [said('Please retry after 6 seconds. Please contact Azure support.'), 6_000],
  [said('Please retry in 34.074824224s.'), 34_075],
  [said('Try again in 1 minute and 30 seconds'), 90_000],
  [said('Please wait 2 minutes before retrying'), 120_000],
  ['<html><body>Busy. Please try again in 5 seconds.</body></html>', 5_000],
  [{ error: 'rate limit exceeded, retry after 2s' }, 2_000],
  [{ error: 'Model m is currently loading', estimated_time: 20.5 }, 20_500],
  [said('The limit resets in 45 seconds.'), 45_000],
] as [unknown, number][]) {
  test(`reads ${ms} ms from the body ${JSON.stringify(body)}`, () => {
    expect(inBody(body)).toBe(ms);
  });
}

test('ignores a missing, past or invalid value, and waits at most ten minutes', () => {
  for (const written of ['soon', '', '-5', 'Wed, 31 Dec 2025 00:00:00 GMT', '5 bananas'])
    expect(inHeaders({ 'retry-after': written })).toBe(0);
  expect(inHeaders({})).toBe(0);
  expect(inHeaders({ 'retry-after': '999999' })).toBe(600_000);
  for (const body of ['', 'null', '[]', { retry_after: null }, { retry_after: 'later' }, said('Limit 3, used 3.')])
    expect(inBody(body)).toBe(0);
});

test('a deep body takes no deep stack', () => {
  expect(inBody(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)).toBe(0);
});
