import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { privateFolder } from '../private.ts';

/**
 * Gives a region's folder the keys of the first one, before its host starts. Hosts that sign with one key know each
 * other's tokens, so an identity is the same person in every region.
 * @throws Error when the region's folder holds other keys: its tokens would be worthless elsewhere
 */
export function shareKeys(first: string, region: string): void {
  const [from, to] = [join(first, 'keys'), join(region, 'keys')];
  privateFolder(to);
  for (const name of readdirSync(from)) {
    const [own, shared] = [join(to, name), join(from, name)];
    if (!existsSync(own)) copyFileSync(shared, own);
    else if (!readFileSync(own).equals(readFileSync(shared)))
      throw new Error(
        `${to} holds another key than ${from}, and the regions of one world share theirs: ` +
          `copy ${from} over it, if both folders belong to this world.`,
      );
  }
}
