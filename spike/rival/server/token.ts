import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

/** The identity of the owner. Anyone who knows the secret can sign for it. */
export const OWNER = 'owner';

/** Makes and reads tokens, `identity.signature`. Nothing about them is stored, so they outlive a restart with the secret. */
export class Tokens {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  sign(identity: string): string {
    return `${identity}.${this.#signatureOf(identity).toString('base64url')}`;
  }

  newIdentity(): string {
    return randomUUID();
  }

  /** The identity that a token proves, or nothing if it was not signed with this secret. */
  verify(token: string): string | undefined {
    const dot = token.lastIndexOf('.');
    const [identity, signature] = [token.slice(0, Math.max(0, dot)), token.slice(dot + 1)];
    const [given, expected] = [Buffer.from(signature, 'base64url'), this.#signatureOf(identity)];
    return given.length === expected.length && timingSafeEqual(given, expected) ? identity : undefined;
  }

  #signatureOf(identity: string): Buffer {
    return createHmac('sha256', this.#secret).update(identity).digest();
  }
}
