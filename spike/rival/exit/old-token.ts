import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';

const Claims = z.object({
  /** As the host writes it: 64 hexadecimal digits, perhaps after `0x`. */
  hex_identity: z.string().regex(/^(0x)?[0-9a-f]{64}$/),
  /** Seconds since 1970; the pinned host sets none. */
  exp: z.number().nullish(),
});

/**
 * The identity that a token of the old host proves. Only what that host signed counts: subject and issuer alone prove
 * nothing.
 * @param publicKey of the host, in PEM: `keys/id_ecdsa.pub` in the world's folder
 * @throws Error when the token is not one, its signature is another's, or it has expired
 */
export function identityIn(token: string, publicKey: string, nowSeconds: number): string {
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  if (!signature || more.length > 0)
    throw new Error('this is not a token of a host: it has three parts with dots between');
  const key = { key: createPublicKey(publicKey), dsaEncoding: 'ieee-p1363' } as const;
  const isSigned =
    algorithmOf(head) === 'ES256' &&
    verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'));
  if (!isSigned) throw new Error('the host with this key did not sign this token: use the public key of the old host');
  const { hex_identity, exp } = Claims.parse(JSON.parse(textOf(body)));
  if (exp && exp <= nowSeconds) throw new Error('this token has expired');
  return hex_identity.replace(/^0x/, '');
}

function algorithmOf(head: string): unknown {
  try {
    return (JSON.parse(textOf(head)) as { alg?: unknown }).alg;
  } catch {
    return undefined;
  }
}

const textOf = (part: string) => Buffer.from(part, 'base64url').toString();
