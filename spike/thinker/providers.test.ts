/** A stand-in for each kind of endpoint that the guide names, with the quirks that its documentation describes. */
import { expect } from 'playwright/test';
import { addressOf, keyFor } from './chat-endpoint.ts';
import { UnavailableError } from './mind.ts';
import { CONTEXT } from './context.fixture.ts';
import { openAiMind } from './openai-mind.ts';
import { startProvider, test, type Behaviour, type ChatRequest, type Provider } from './provider.fixture.ts';

const FIELDS = { words: '', direction: '', to: 0, good: '', quantity: 0, gold: 0 };
const SAID = { tag: 'Say', value: 'Good day.' };
const SAY = JSON.stringify({ action: { ...FIELDS, kind: 'say', words: 'Good day.' } });
const never = new AbortController().signal;

function thinkAt(provider: Provider, lines: string[] = []) {
  const mind = openAiMind({ baseUrl: provider.baseUrl, model: 'm', apiKey: 'k', structured: 'schema' });
  return mind.think(CONTEXT, never, (line) => lines.push(line));
}

const formatOf = ({ body }: ChatRequest) => body.response_format?.type;

/** What the world gets, and how long it leaves the provider alone. */
async function failureAt(provider: Provider): Promise<{ reason: string; waitMs: number | undefined }> {
  const error: unknown = await thinkAt(provider).catch((error: unknown) => error);
  const waitMs = error instanceof UnavailableError ? error.waitMs : undefined;
  return { reason: (error as Error).message, waitMs };
}

test('Ollama: reasoning comes in a field of its own, and a missing model is an outage', async ({ provider }) => {
  provider.behave({ message: { role: 'assistant', content: SAY, reasoning: 'They greet me.' } });
  expect(await thinkAt(provider)).toEqual(SAID);
  provider.behave({
    status: 404,
    says: { error: { message: 'model "m" not found, try pulling it first', type: 'api_error' } },
  });
  expect(await failureAt(provider)).toEqual({
    reason: 'the provider answered 404 model "m" not found, try pulling it first',
    waitMs: 0,
  });
});

test('LM Studio: knows schemas but not JSON mode, and its errors may be a text', async ({ provider }) => {
  provider.behave((request) =>
    formatOf(request) === 'json_object'
      ? { status: 400, says: { error: "'response_format.type' must be 'json_schema' or 'text'" } }
      : { answers: SAY },
  );
  const lines: string[] = [];
  expect(await thinkAt(provider, lines)).toEqual(SAID);
  expect(provider.asked.map(formatOf)).toEqual(['json_schema']);
  expect(lines).toEqual([]);
  provider.behave({ status: 400, says: { error: 'No models loaded. Please load a model in the developer page.' } });
  expect((await failureAt(provider)).reason).toContain('No models loaded.');
});

test('llama.cpp: a model that loads is an outage, and a grammar that fails is not needed', async ({ provider }) => {
  provider.behave({ status: 503, says: { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } } });
  expect(await failureAt(provider)).toEqual({ reason: 'the provider answered 503 Loading model', waitMs: 0 });
  provider.behave((request) =>
    formatOf(request) === 'json_schema'
      ? {
          status: 400,
          says: { error: { code: 400, message: 'Failed to initialize samplers: failed to parse grammar' } },
        }
      : { answers: `\`\`\`json\n${SAY}\n\`\`\`` },
  );
  const lines: string[] = [];
  expect(await thinkAt(provider, lines)).toEqual(SAID);
  expect(lines).toHaveLength(1);
});

test('vLLM: its reasoning parser may take the answer for reasoning, and its errors have no `error`', async ({
  provider,
}) => {
  provider.behave({ message: { role: 'assistant', content: null, reasoning_content: `They greet me.\n${SAY}` } });
  expect(await thinkAt(provider)).toEqual(SAID);
  provider.behave({ status: 404, says: { object: 'error', message: 'The model `m` does not exist.', code: 404 } });
  expect((await failureAt(provider)).reason).toBe('the provider answered 404 The model `m` does not exist.');
});

test('OpenAI: a limit says in words when to come back, and a refusal has a field of its own', async ({ provider }) => {
  const message = 'Rate limit reached for m on requests per min. Limit: 3 / min. Please try again in 20s.';
  provider.behave({ status: 429, says: { error: { message, type: 'requests', code: 'rate_limit_exceeded' } } });
  expect(await failureAt(provider)).toEqual({ reason: `the provider answered 429 ${message}`, waitMs: 20_000 });
  provider.behave({ message: { role: 'assistant', content: null, refusal: "I can't help with that." } });
  expect(await failureAt(provider)).toEqual({
    reason: "the model refused: I can't help with that.",
    waitMs: undefined,
  });
});

test('Azure: a filter refuses the question, not the call, and the query of an address stays', async ({ provider }) => {
  const filtered: Behaviour = {
    status: 400,
    says: { error: { code: 'content_filter', message: 'The response was filtered.', innererror: {} } },
  };
  provider.behave(filtered);
  expect(await failureAt(provider)).toEqual({
    reason: 'the provider answered 400 The response was filtered.',
    waitMs: undefined,
  });
  provider.behave({ status: 429, headers: { 'x-ms-retry-after-ms': '1500', 'retry-after': '2' }, says: {} });
  expect((await failureAt(provider)).waitMs).toBe(1_500);
  expect(addressOf('https://r.openai.azure.com/openai/deployments/m?api-version=2024-10-21')).toBe(
    'https://r.openai.azure.com/openai/deployments/m/chat/completions?api-version=2024-10-21',
  );
});

test('OpenRouter: the error of a provider behind it comes with status 200', async ({ provider }) => {
  const error = {
    code: 429,
    message: 'Provider returned error',
    metadata: { raw: JSON.stringify({ error: { message: 'busy, retry after 7s' } }), provider_name: 'x' },
  };
  const expected = { reason: 'the provider answered 429 Provider returned error: busy, retry after 7s', waitMs: 7_000 };
  provider.behave({ breaks: JSON.stringify({ error }) });
  expect(await failureAt(provider)).toEqual(expected);
  provider.behave({
    breaks: JSON.stringify({ choices: [{ finish_reason: 'error', message: { content: '' }, error }] }),
  });
  expect((await failureAt(provider)).waitMs).toBe(7_000);
  provider.behave({
    status: 403,
    says: { error: { code: 403, message: 'flagged', metadata: { flagged_input: 'Well?' } } },
  });
  expect((await failureAt(provider)).waitMs).toBeUndefined();
});

test('Gemini: an error is a list, and its delay stands in the details', async ({ provider }) => {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34s' }];
  provider.behave({
    status: 429,
    says: [{ error: { code: 429, message: 'Quota exceeded.', status: 'RESOURCE_EXHAUSTED', details } }],
  });
  expect(await failureAt(provider)).toEqual({ reason: 'the provider answered 429 Quota exceeded.', waitMs: 34_000 });
});

test('the key goes into the one header that the endpoint reads', () => {
  expect(keyFor('https://r.openai.azure.com/openai/v1/chat/completions', 'k')).toEqual({ 'api-key': 'k' });
  expect(keyFor('https://azure.com.example/v1/chat/completions', 'k')).toEqual({ authorization: 'Bearer k' });
});

test('a redirect is not followed, because the key would go with it', async ({ provider }) => {
  const other = await startProvider();
  try {
    other.behave({ answers: SAY });
    for (const status of [301, 302, 307, 308]) {
      provider.behave({ status, headers: { location: `${other.baseUrl}/chat/completions` }, says: '' });
      expect((await failureAt(provider)).reason).toContain(
        `${status} a redirect to ${other.baseUrl}/chat/completions: use`,
      );
    }
    expect(other.asked).toEqual([]);
  } finally {
    await other.close();
  }
});

for (const [baseUrl, address] of [
  ['http://127.0.0.1:11434/v1', 'http://127.0.0.1:11434/v1/chat/completions'],
  ['http://127.0.0.1:11434/v1/', 'http://127.0.0.1:11434/v1/chat/completions'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/chat/completions'],
  ['http://127.0.0.1:1234/v1/chat/completions', 'http://127.0.0.1:1234/v1/chat/completions'],
  [
    'https://generativelanguage.googleapis.com/v1beta/openai/',
    'https://generativelanguage.googleapis.com/v1beta/openai/chat/completions',
  ],
] as const) {
  test(`${baseUrl} is the address of ${address}`, () => {
    expect(addressOf(baseUrl)).toBe(address);
  });
}
