import type { LastingTokens } from '../client/token-store.ts';

/**
 * One token for all regions of a world: their hosts share the key that signs it. It is kept under the region that is
 * named first, and found under any of them, in whatever order they are named.
 */
export function sharedTokens(stores: readonly LastingTokens[]): LastingTokens {
  const holder = () => stores.find((store) => store.load() !== undefined);
  return {
    load: () => holder()?.load(),
    save: (token) => (holder() ?? stores[0])?.save(token),
    forget: () => holder()?.forget(),
  };
}
