import type { Opening } from '../../spike/client/live-fragment.ts';
import { worldKey } from '../../spike/client/world-key.ts';

/** What `npm start` gives for a code. */
export interface Welcome {
  host: string;
  database: string;
  /** For the host alone. */
  token: string;
  /** For the owner's channel alone. */
  key: string;
}

/** How a page that was let in reaches `npm start`. */
export interface Channel {
  port: number;
  key: string;
}

/** @throws Error with the reason in a sentence: the code was spent, or `npm start` has ended */
export async function openChannel({ port, code }: Opening): Promise<Welcome> {
  return (await send(port, 'open', { code })) as Welcome;
}

/**
 * Asks `npm start` for something.
 * @throws Error with its reason, or that it does not answer
 */
export async function ask(channel: Channel, name: string, asked: unknown = {}): Promise<unknown> {
  return send(channel.port, name, asked, channel.key);
}

async function send(port: number, name: string, asked: unknown, key?: string): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json', ...(key && { Authorization: `Bearer ${key}` }) };
  const response = await fetch(`http://127.0.0.1:${port}/${name}`, {
    ...{ method: 'POST', headers, body: JSON.stringify(asked), cache: 'no-store' },
  }).catch(() => undefined);
  if (!response) throw new Error('npm start does not answer: it has ended, or another page asked');
  const answer = (await response.json()) as { error?: string };
  if (!response.ok) throw new Error(answer.error ?? `npm start answered ${response.status}`);
  return answer;
}

const keyOf = (world: { host: string; database: string }) =>
  `spellkave channel ${worldKey({ url: world.host, database: world.database })}`;

/** Keeps the channel for as long as the tab lives, so that a reload needs no code. */
export function keepChannel(world: { host: string; database: string }, channel: Channel): void {
  try {
    sessionStorage.setItem(keyOf(world), JSON.stringify(channel));
  } catch {
    // A browser that forbids storage: the buttons work until a reload.
  }
}

export function keptChannel(world: { host: string; database: string }): Channel | undefined {
  try {
    const kept = sessionStorage.getItem(keyOf(world));
    return kept ? (JSON.parse(kept) as Channel) : undefined;
  } catch {
    return undefined;
  }
}
