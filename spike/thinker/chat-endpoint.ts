import { ProviderError } from './provider-error.ts';

/** A chat completions endpoint. */
export interface ChatEndpoint {
  /** E.g. `http://127.0.0.1:11434/v1`; a query stays. */
  baseUrl: string;
  apiKey: string;
}

/** No answer came: the endpoint cannot be reached, or what came is not of its protocol. */
export class UnreachableError extends Error {}

/**
 * Calls an endpoint once.
 * @returns the JSON of its answer
 * @throws ProviderError when the endpoint answers with an error
 * @throws UnreachableError when no answer comes that can be read
 */
export async function chat({ baseUrl, apiKey }: ChatEndpoint, body: object, signal: AbortSignal): Promise<unknown> {
  const { status, headers, text } = await post(addressOf(baseUrl), apiKey, body, signal);
  const target = status >= 300 && status < 400 ? headers.get('location') : null;
  if (target !== null)
    throw new ProviderError(status, headers, `a redirect to ${target}: use its address as --base-url`);
  if (status < 200 || status > 299) throw new ProviderError(status, headers, text);
  const answer = parse(text);
  if (answer === undefined)
    throw new UnreachableError(`the provider's answer is not JSON: ${JSON.stringify(text.trim().slice(0, 60))}`);
  const code = errorIn(answer);
  if (code !== undefined) throw new ProviderError(Number(code) || status, headers, text);
  return answer;
}

/**
 * OpenRouter reports the error of a provider behind it with status 200, in place of the choices or in one of them.
 * @see https://openrouter.ai/docs/errors
 */
function errorIn(answer: unknown): unknown {
  type Part = { error?: { code?: unknown } | null; choices?: Part[] | null } | null;
  const { error, choices } = (answer as Part) ?? {};
  const found = choices?.[0] ? choices[0].error : error;
  return found ? (found.code ?? 0) : undefined;
}

async function post(url: string, apiKey: string, body: object, signal: AbortSignal) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...keyFor(url, apiKey) },
      body: JSON.stringify(body),
      // A redirect would turn the call into a GET, and could take the key to another host.
      redirect: 'manual',
      signal,
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    throw new UnreachableError(`the provider cannot be reached: ${rootOf(error)}`);
  }
}

export function addressOf(baseUrl: string): string {
  const url = new URL(baseUrl);
  url.pathname = url.pathname.replace(/(\/chat\/completions)?\/*$/, '/chat/completions');
  return url.href;
}

/** Azure takes a key in `Authorization` for a token of Entra ID at its older addresses. */
export function keyFor(url: string, apiKey: string): Record<string, string> {
  const isAzure = new URL(url).hostname.endsWith('.azure.com');
  return isAzure ? { 'api-key': apiKey } : { authorization: `Bearer ${apiKey}` };
}

/** The network's own error lies below those of the libraries, one for each address that was tried. */
function rootOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  return error.cause instanceof Error ? rootOf(error.cause) : error.message || error.name;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
