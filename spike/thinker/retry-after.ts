import { DURATION, durationMs } from './duration.ts';

const LONGEST_MS = 10 * 60_000;
/** Where servers write in a header how long to wait, the most exact first, and the unit of a plain number there. */
const HEADERS: [name: string, unitMs: number][] = [
  ['retry-after-ms', 1],
  ['x-ms-retry-after-ms', 1],
  ['retry-after', 1_000],
  ['x-retry-after', 1_000],
  ['x-ratelimit-reset-after', 1_000],
];
/** When a limit is free again, and what is left of it. They also come with answers, so a limit with rest says nothing. */
const LIMITS = /^(x-|anthropic-)?ratelimit-(?:.+-)?reset(?:-.+)?$/;
/** The same in a body, by name without case and dashes. */
const FIELDS: Record<string, number> = {
  retryafterms: 1,
  retryafter: 1_000,
  retryafterseconds: 1_000,
  retrydelay: 1_000,
  retryinseconds: 1_000,
  // Hugging Face, while a model loads.
  estimatedtime: 1_000,
};
const IN_WORDS = new RegExp(`(?:again|retry|wait|back|after|resets?)[^.\\d]{0,30}?(${DURATION})`, 'i');
const DEEPEST = 8;

/**
 * How long a provider that refused a call asks to be left alone, in milliseconds, at most ten minutes; 0 where it does
 * not say. Providers write it into a header, into a field of the body, or only into the words of the error.
 * @param text the body
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterMs(headers: Headers, text: string, now = nowOf(headers)): number {
  const wait =
    inHeaders(headers, now) ?? inBody(parsed(text), now) ?? inWords(text, now) ?? inLimits(headers, now) ?? 0;
  return Math.round(Math.min(LONGEST_MS, wait));
}

/** By the provider's clock, because it names moments by that one. */
function nowOf(headers: Headers): number {
  const date = Date.parse(headers.get('date') ?? '');
  // eslint-disable-next-line no-restricted-properties -- a header or a body may name a date
  return Number.isNaN(date) ? Date.now() : date;
}

function inHeaders(headers: Headers, now: number): number | undefined {
  return first(HEADERS, ([name, unitMs]) => {
    const written = headers.get(name);
    return written === null ? undefined : durationMs(written, unitMs, now);
  });
}

/** The limit that is used up and is free again last. A limit that does not say what is left counts as used up. */
function inLimits(headers: Headers, now: number): number | undefined {
  const waits = [...headers]
    .filter(([name]) => LIMITS.test(name))
    .filter(([name]) => Number(headers.get(name.replace('reset', 'remaining')) ?? 0) === 0)
    .flatMap(([, written]) => durationMs(written, 1_000, now) ?? []);
  // The draft standard puts all of it into one header: `"a";r=0;t=30`, and before that `remaining=0, reset=30`.
  const [, remaining, reset] =
    /\b(?:r|remaining)=(\d+).*?\b(?:t|reset)=(\d+)/.exec(headers.get('ratelimit') ?? '') ?? [];
  if (remaining === '0') waits.push(Number(reset) * 1_000);
  return waits.length > 0 ? Math.max(...waits) : undefined;
}

function inBody(node: unknown, now: number, depth = 0): number | undefined {
  if (typeof node !== 'object' || node === null || depth > DEEPEST) return undefined;
  const here = first(Object.entries(node), ([name, value]) => inField(name, value, now));
  return here ?? first(Object.values(node), (value) => inBody(value, now, depth + 1));
}

function inField(name: string, value: unknown, now: number): number | undefined {
  const unitMs = FIELDS[name.toLowerCase().replaceAll(/[-_]/g, '')];
  if (unitMs !== undefined) return isRecord(value) ? protobufMs(value) : durationMs(value, unitMs, now);
  // OpenRouter hands on the headers of the provider behind it.
  if (name !== 'headers' || !isRecord(value)) return undefined;
  const headers = new Headers();
  for (const [header, written] of Object.entries(value))
    if (/^[\w-]+$/.test(header) && /^[\w :,.-]+$/.test(String(written))) headers.set(header, String(written));
  return inHeaders(headers, now) ?? inLimits(headers, now);
}

/** Protobuf's own form of a duration, as Google's libraries print it. */
function protobufMs({ seconds, nanos }: Record<string, unknown>): number | undefined {
  const wait = Number(seconds ?? 0) * 1_000 + Number(nanos ?? 0) / 1e6;
  return Number.isFinite(wait) && wait >= 0 ? wait : undefined;
}

function inWords(text: string, now: number): number | undefined {
  const [, duration] = IN_WORDS.exec(text) ?? [];
  return duration === undefined ? undefined : durationMs(duration, 1_000, now);
}

function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
