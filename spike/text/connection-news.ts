import type { Status } from '../client/connect.ts';
import type { LastingTokens } from '../client/token-store.ts';

/** The SDK's message when the host does not know the key that signed a token. */
const REFUSED = 'Failed to verify token: Unauthorized';

/** Whether the host does not know the token. */
export function isRefusal(status: Status): boolean {
  return status.state === 'lost' && status.reason === REFUSED;
}

export interface ConnectionNewsOptions {
  url: string;
  /** What the region is called, where a world has several. */
  title?: (() => string) | undefined;
  tokens: LastingTokens;
  /** Where the tokens are kept, as the player sees it. */
  kept: string;
  /** Whether the host of another region knows the token. */
  isKnownElsewhere?: (() => boolean) | undefined;
  /** Whether no region is left that may know the token. */
  isUnknownEverywhere?: (() => boolean) | undefined;
  print: (line: string, kind: 'error' | 'good') => void;
  /** Another world runs at the address now, or one of another world. The client has to end. */
  onOtherWorld: (message: string) => void;
}

/** Tells the player, once each time, that a connection is lost or back, and whether the host still knows them. */
export class ConnectionNews {
  readonly #options: ConnectionNewsOptions;
  #wasLive = false;
  #isLost = false;

  constructor(options: ConnectionNewsOptions) {
    this.#options = options;
  }

  take(status: Status): void {
    const { url, title, print } = this.#options;
    if (status.state === 'live') this.#wasLive = true;
    if (isRefusal(status)) this.#refuse();
    else if (status.state === 'lost' && !this.#isLost) {
      this.#isLost = true;
      print(
        title
          ? `${title()} does not answer (${status.reason}). Reconnecting.`
          : `The connection to ${url} is lost (${status.reason}). Reconnecting.`,
        'error',
      );
    } else if (status.state === 'live' && this.#isLost) {
      this.#isLost = false;
      print(title ? `${title()} answers again.` : 'The connection is back.', 'good');
    }
  }

  #refuse(): void {
    const { url, title, tokens, kept, isKnownElsewhere, isUnknownEverywhere, print, onOtherWorld } = this.#options;
    if (isKnownElsewhere?.())
      return onOtherWorld(
        `${title?.() ?? ''} at ${url} rejects the identity that another region knows: the hosts of one world must share the key that signs identities.`,
      );
    // A host that does not answer yet may know the token, so the next attempt shows it again.
    if (isUnknownEverywhere?.() === false) return;
    tokens.forget();
    if (this.#wasLive)
      return onOtherWorld(`Another world runs at ${url} now: start again to enter it as somebody new.`);
    print(`${url} rejected your token, so you are somebody new. The old token stays in ${kept}.`, 'error');
  }
}
