import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Terminals take each of these for a part of a link, and people confuse none of them. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
const LENGTH = 14;

/** A code of 70 random bits that opens once. After that there is another one. */
export class OneTimeCode {
  #text = newText();

  get text(): string {
    return this.#text;
  }

  /** @returns whether `tried` is the code, which is spent then */
  spend(tried: string): boolean {
    if (!isEqual(tried, this.#text)) return false;
    this.#text = newText();
    return true;
  }
}

/** A secret for requests that follow. */
export function newKey(): string {
  return randomBytes(24).toString('base64url');
}

/** Compares in a time that does not depend on how much of the text is right. */
export function isEqual(one: string, other: string): boolean {
  return timingSafeEqual(hashOf(one), hashOf(other));
}

function newText(): string {
  return Array.from(randomBytes(LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join('');
}

const hashOf = (text: string) => createHash('sha256').update(text).digest();
