/** Where a world, or one region of it, runs. */
export interface RegionAddress {
  /** Of its host, e.g. `http://127.0.0.1:3000`. */
  url: string;
  database: string;
}

/** Takes the option `--region` once for each region. */
export const REGION_OPTION = { type: 'string', multiple: true } as const;

/**
 * Reads `URL/DATABASE`, such as `http://127.0.0.1:3000/north`.
 * @returns undefined when it is something else
 */
export function readRegion(text: string): RegionAddress | undefined {
  const [, url, database] = /^(https?:\/\/[^/\s]+)\/([a-z0-9][a-z0-9-]*)$/i.exec(text.trim()) ?? [];
  return url && database && URL.canParse(url) ? { url, database } : undefined;
}

/**
 * The regions that the command line names: each `--region`, or the one world of `--url` and `--database`.
 * @throws Error that names the value, the rule and the fix
 */
export function regionsOf(typed: readonly string[] | undefined, usual: RegionAddress): RegionAddress[] {
  if (!typed || typed.length === 0) return [usual];
  const regions = typed.map((text) => {
    const region = readRegion(text);
    if (!region)
      throw new Error(`--region ${text} is not an address: use URL/DATABASE, such as http://127.0.0.1:3000/north.`);
    return region;
  });
  const twice = typed.find((text, at) => typed.indexOf(text) !== at);
  if (twice) throw new Error(`--region ${twice} is given twice: name each region once.`);
  return regions;
}

/** The inverse of `readRegion`. */
export function regionText({ url, database }: RegionAddress): string {
  return `${url.replace(/\/+$/, '')}/${database}`;
}
