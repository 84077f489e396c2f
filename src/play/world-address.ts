import { readRegion, type RegionAddress } from '../../spike/client/region-address.ts';
import { readAddress } from '../live/address.ts';

/** Which world the page plays in. */
export interface WorldAddress {
  /** At least one; newcomers begin in the first. */
  regions: RegionAddress[];
  /** Which part of the fragment is none, in a sentence; its usual value stands in its place. */
  fault: string | undefined;
}

/**
 * Reads the fragment of the page's own address: `#host=…&database=…` as on the live page, or
 * `#regions=URL/DATABASE,URL/DATABASE` for a world of several regions.
 */
export function readWorldAddress(fragment: string): WorldAddress {
  const typed = new URLSearchParams(fragment.replace(/^#/, '')).get('regions');
  if (typed === null) {
    const { host, database, fault } = readAddress(fragment);
    return { regions: [{ url: host, database }], fault };
  }
  const texts = typed.split(',');
  const regions = texts.map((text) => readRegion(text));
  const wrong = texts.find((_, at) => !regions[at]);
  if (wrong === undefined) return { regions: regions.filter((region) => region !== undefined), fault: undefined };
  return { ...readWorldAddress(''), fault: `“${wrong}” is not the address of a region: write URL/DATABASE.` };
}
