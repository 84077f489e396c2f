import { readOpening } from '../../spike/client/live-fragment.ts';
import { isHere, readAddress, type Address } from './address.ts';
import { keepChannel, keptChannel, openChannel, type Channel } from './owner-channel.ts';

/** As whom the page comes to which world. */
export interface Admission {
  address: Address;
  /** To `npm start`, for its owner. */
  channel: Channel | undefined;
  /** Why the code in the address did not open, in a sentence; empty otherwise. */
  refusal: string;
  /** The fragment that can be shown and shared. */
  fragment: string;
}

/**
 * Reads the page's address. A one-time code in it is exchanged with `npm start`, but only by a page of this machine: a
 * published page asks the visitor's machine for nothing by itself.
 */
export async function admit({ hash, hostname }: Pick<Location, 'hash' | 'hostname'>): Promise<Admission> {
  const opening = readOpening(hash);
  const address = readAddress(hash);
  const plain = { address, channel: keptChannel(address), refusal: '', fragment: withoutSecrets(hash) };
  if (!opening) return plain;
  if (!isHere(hostname)) return { ...plain, refusal: 'That address is for the page that npm start serves.' };
  try {
    const { host, database, token, key } = await openChannel(opening);
    const channel = { port: opening.port, key };
    keepChannel({ host, database }, channel);
    const fragment = `#${new URLSearchParams({ host, database }).toString()}`;
    return { address: { host, database, token, fault: undefined }, channel, refusal: '', fragment };
  } catch (error) {
    const { message } = error as Error;
    return {
      ...plain,
      refusal: `You are not let in as the owner: ${message}. npm start has printed the next address.`,
    };
  }
}

/** The same fragment without a token or a code. */
export function withoutSecrets(fragment: string): string {
  const parts = fragment.replace(/^#/, '').split('&');
  const rest = parts.filter((each) => !/^(token|open)=/.test(each)).join('&');
  return rest ? `#${rest}` : '';
}
