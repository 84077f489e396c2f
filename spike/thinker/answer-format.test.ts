import { expect } from 'playwright/test';
import { CONTEXT } from './context.fixture.ts';
import { openAiMind } from './openai-mind.ts';
import { test, type Behaviour, type ChatRequest, type Provider } from './provider.fixture.ts';
import type { Structured } from './answer-format.ts';

const WAIT: Behaviour = { answers: '{"action":{"kind":"wait"}}' };
const never = new AbortController().signal;

/** A mind at the provider, the lines that it logs, and the formats in which the provider was asked. */
function mindAt(provider: Provider, structured: Structured = 'schema') {
  const lines: string[] = [];
  const mind = openAiMind({ baseUrl: provider.baseUrl, model: 'm', apiKey: 'none', structured });
  return {
    lines,
    think: () => mind.think(CONTEXT, never, (line) => lines.push(line)),
    formats: () => provider.asked.map(formatOf),
  };
}

const formatOf = ({ body }: ChatRequest) => body.response_format?.type ?? 'none';
/** An endpoint that refuses these formats. */
const refusing = (formats: string[], refusal: Behaviour) => (request: ChatRequest) =>
  formats.includes(formatOf(request)) ? refusal : WAIT;
const says = (status: number, message: string): Behaviour => ({ status, says: { error: { message } } });

for (const [formats, refusal, asked] of [
  [['json_schema'], says(400, "'response_format' of type 'json_schema' is not supported"), 'json_object'],
  [['json_schema'], says(400, 'Failed to initialize samplers: failed to parse grammar'), 'json_object'],
  [['json_schema'], says(422, 'grammar is not supported'), 'json_object'],
  [['json_schema'], says(500, 'structured outputs are not built in'), 'json_object'],
  [['json_schema'], says(404, 'No endpoints found that support response_format'), 'json_object'],
  [['json_schema'], says(400, 'Bad Request'), 'json_object'],
  [['json_schema', 'json_object'], says(400, "'response_format.type' must be 'text'"), 'none'],
  [['json_object'], says(400, "'response_format.type' must be 'json_schema' or 'text'"), 'json_schema'],
] as const) {
  test(`an endpoint that answers ${JSON.stringify(refusal)} to ${formats.join()} is asked for ${asked}`, async ({
    provider,
  }) => {
    provider.behave(refusing([...formats], refusal));
    const { think, formats: seen, lines } = mindAt(provider);
    for (let thought = 0; thought < 3; thought++) expect((await think()).tag).toBe('Wait');
    expect(seen().slice(-3)).toEqual([asked, asked, asked]);
    expect(lines).toHaveLength(asked === 'json_schema' ? 0 : 1);
    if (lines[0]) expect(lines[0]).toMatch(/^the endpoint cannot do --structured schema \(the provider answered \d+/);
  });
}

test('an endpoint that refuses JSON mode alone is asked without it', async ({ provider }) => {
  provider.behave(refusing(['json_object'], says(400, "'response_format.type' must be 'json_schema' or 'text'")));
  const { think, formats, lines } = mindAt(provider, 'json');
  await think();
  await think();
  expect(formats()).toEqual(['json_object', 'none', 'none']);
  expect(lines).toHaveLength(1);
});

test('an endpoint whose grammar lets only null through is asked for JSON mode after two answers', async ({
  provider,
}) => {
  provider.behave((request) => (formatOf(request) === 'json_schema' ? { answers: '{"action":null}' } : WAIT));
  const { think, formats, lines } = mindAt(provider);
  await expect(think()).rejects.toThrow('action is null');
  await expect(think()).rejects.toThrow('action is null');
  expect((await think()).tag).toBe('Wait');
  expect(formats()).toEqual(['json_schema', 'json_schema', 'json_object']);
  expect(lines).toEqual([
    expect.stringMatching(/cannot do --structured schema .*action is null.*; using json from now/),
  ]);
});

test('an answer of the right form, but out of bounds, is not the fault of the format', async ({ provider }) => {
  provider.behave({ answers: JSON.stringify({ action: { kind: 'say', words: 'x'.repeat(281) } }) });
  const { think, formats, lines } = mindAt(provider);
  for (let thought = 0; thought < 4; thought++) await expect(think()).rejects.toThrow('has 281 characters');
  expect([new Set(formats()), lines]).toEqual([new Set(['json_schema']), []]);
});

test('an outage, a rate limit or a bad key changes no format', async ({ provider }) => {
  const { think, formats, lines } = mindAt(provider);
  for (const [status, message] of [
    [429, 'Rate limit reached for json_schema requests'],
    [503, 'Loading model'],
    [401, 'bad key'],
    [400, 'content_filter: the response_format was fine'],
  ] as const) {
    provider.behave(says(status, message));
    await expect(think()).rejects.toThrow(`the provider answered ${status} ${message}`);
  }
  expect([new Set(formats()), lines]).toEqual([new Set(['json_schema']), []]);
});

test('an endpoint that refuses every form changes no format, and its first reason counts', async ({ provider }) => {
  provider.behave((request) => says(400, `no ${formatOf(request)} for model m`));
  const { think, formats, lines } = mindAt(provider);
  await expect(think()).rejects.toThrow('the provider answered 400 no json_schema for model m');
  expect([formats(), lines]).toEqual([['json_schema', 'json_object', 'none'], []]);
});

test('an unclear refusal after an answer in this form is not about the form', async ({ provider }) => {
  const { think, formats } = mindAt(provider);
  provider.behave(WAIT);
  await think();
  provider.behave(says(400, 'the context is too long'));
  await expect(think()).rejects.toThrow('too long');
  expect(formats()).toEqual(['json_schema', 'json_schema']);
});
