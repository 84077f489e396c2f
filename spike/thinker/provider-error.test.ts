import { expect, test } from 'playwright/test';
import { messageOf, ProviderError } from './provider-error.ts';

const BUSY = 'Too many requests.';
for (const [where, body] of [
  ['error.message', { error: { message: BUSY, type: 'requests', code: null } }],
  ['error as a text', { error: BUSY }],
  ['error.error', { error: { error: { message: BUSY } } }],
  ['message', { message: BUSY, code: 429 }],
  ['detail', { detail: BUSY }],
  ['a list of details', { detail: [{ loc: ['body'], msg: BUSY, type: 'value_error' }] }],
  ['a list', [{ error: { code: 429, message: BUSY, status: 'RESOURCE_EXHAUSTED' } }]],
  ['errors', { errors: [{ message: BUSY }] }],
  ['JSON in JSON', { error: { message: JSON.stringify({ error: { message: BUSY } }) } }],
  ['a text', BUSY],
  ['a JSON text', JSON.stringify(BUSY)],
  ['lines', 'Too many\r\n   requests.\n'],
  ['the title of a page', `<!DOCTYPE html><html><head><title>${BUSY}</title></head><body>nginx</body></html>`],
  ['a page', `\n<html><head><style>b{}</style></head><body><b>Too many</b> requests.<script>x</script></body></html>`],
] as const) {
  test(`reads the message from ${where}`, () => {
    expect(messageOf(typeof body === 'string' ? body : JSON.stringify(body))).toBe(BUSY);
  });
}

test('reads the message of the provider behind a provider', () => {
  const raw = JSON.stringify({ error: { message: 'model is overloaded' } });
  const body = { error: { message: 'Provider returned error', code: 429, metadata: { raw, provider_name: 'x' } } };
  expect(messageOf(JSON.stringify(body))).toBe('Provider returned error: model is overloaded');
});

test('shows a body without a message as it is, and nothing for an empty one', () => {
  expect(messageOf('{"code":7}')).toBe('{"code":7}');
  expect(messageOf(' \n')).toBe('');
  expect(new ProviderError(502, new Headers(), '').message).toBe('the provider answered 502');
  expect(messageOf('x'.repeat(10_000))).toHaveLength(300);
});

test('a delay in the words counts only where a provider is busy, because other errors may quote a player', () => {
  const waitMs = (status: number) => new ProviderError(status, new Headers(), 'bad input: try again in 500 s').waitMs;
  expect([200, 408, 429, 500, 503, 529].map(waitMs)).toEqual(Array(6).fill(500_000));
  expect([400, 401, 404, 413, 422].map(waitMs)).toEqual(Array(5).fill(0));
  expect(new ProviderError(403, new Headers({ 'retry-after': '7' }), '').waitMs).toBe(7_000);
});

test('tells a refusal of the words from a refusal of the call', () => {
  const error = (status: number, code: string) =>
    new ProviderError(status, new Headers(), JSON.stringify({ error: { code } }));
  for (const code of [
    'content_filter',
    'content_policy_violation',
    'ResponsibleAIPolicyViolation',
    'json_validate_failed',
  ])
    expect(error(400, code).isOfTheWords).toBe(true);
  for (const [status, code] of [
    [400, 'model_not_found'],
    [429, 'rate_limit_exceeded'],
    [500, 'content_filter'],
  ] as const)
    expect(error(status, code).isOfTheWords).toBe(false);
});
