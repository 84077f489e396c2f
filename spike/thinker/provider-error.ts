import { retryAfterMs } from './retry-after.ts';

const LONGEST_MESSAGE = 300;
/** What a provider says of the question or the answer, rather than of the call. Asking the same again does not help. */
const OF_THE_WORDS =
  /content_?(filter|policy)|responsibleai|invalid_prompt|json_validate_failed|flagged_input|"SAFETY"/i;
const FORMAT =
  /response.?(format|schema|mime)|json.?(schema|object|mode)|schema|grammar|structured|guided.?(json|decoding)/i;
const KEYS = ['message', 'error', 'detail', 'errors', 'msg', 'error_description', 'title', 'metadata', 'raw'];
const DEEPEST = 8;

/** A provider answered a call with an error. */
export class ProviderError extends Error {
  /** Of HTTP, or the code in a body that came with 200. */
  readonly status: number;
  /** How long the provider asks to be left alone, in milliseconds; 0 where it does not say. */
  readonly waitMs: number;
  /** Whether the provider found fault with the words of the question or of the model. */
  readonly isOfTheWords: boolean;
  /** Whether the error names the form in which the call asks for JSON. */
  readonly namesFormat: boolean;

  constructor(status: number, headers: Headers, text: string) {
    super(`the provider answered ${status}${spaced(messageOf(text))}`);
    this.status = status;
    this.waitMs = retryAfterMs(headers, mayQuote(status) ? '' : text);
    this.isOfTheWords = status < 429 && OF_THE_WORDS.test(text);
    this.namesFormat = FORMAT.test(text);
  }
}

/** An error about the call may quote the question, and a player must not be able to write a delay into it. */
function mayQuote(status: number): boolean {
  return status >= 400 && status < 500 && ![408, 425, 429].includes(status);
}

/**
 * What an error's body says, in one line: the text of JSON in any of its common shapes, of a page, or the body itself.
 * @returns an empty text for a body that says nothing
 */
export function messageOf(text: string): string {
  let message: string | undefined;
  try {
    message = wordsOf(JSON.parse(text));
  } catch {
    message = /^\s*</.test(text) ? wordsOfPage(text) : text;
  }
  return [...(message ?? text).replaceAll(/\s+/g, ' ').trim()].slice(0, LONGEST_MESSAGE).join('');
}

/** Objects put the words under one of a few keys, at any depth, and Google puts the whole into a list. */
function wordsOf(node: unknown, depth = 0): string | undefined {
  if (typeof node === 'string') return node.trim() === '' ? undefined : wordsOfJson(node, depth);
  if (typeof node !== 'object' || node === null || depth > DEEPEST) return undefined;
  const parts: unknown[] = Array.isArray(node) ? node : KEYS.map((key) => (node as Record<string, unknown>)[key]);
  const words = parts.flatMap((part) => wordsOf(part, depth + 1) ?? []);
  return words.length > 0 ? [...new Set(words)].join(': ') : undefined;
}

/** A provider that hands on another's error quotes its JSON. */
function wordsOfJson(text: string, depth: number): string {
  if (!/^\s*[{[]/.test(text)) return text;
  try {
    return wordsOf(JSON.parse(text), depth + 1) ?? text;
  } catch {
    return text;
  }
}

function wordsOfPage(page: string): string {
  const [, title] = /<title[^>]*>(.*?)<\/title>/is.exec(page) ?? [];
  const words = page.replaceAll(/<(script|style|head)\b.*?<\/\1>/gis, ' ').replaceAll(/<[^>]*>/g, ' ');
  return title?.trim() || words;
}

function spaced(message: string): string {
  return message === '' ? '' : ` ${message}`;
}
