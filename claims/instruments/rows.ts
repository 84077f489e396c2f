/** How the host's SQL spells the types that JSON does not have. */

/** The number of the variant of an enum without payloads: the host writes `[2, []]`. */
export function variant(cell: unknown): number {
  return Number((cell as [number])[0]);
}

/** Milliseconds since 1970 of a timestamp: the host writes `[microseconds]`. */
export function milliseconds(cell: unknown): number {
  return Number((cell as [number])[0]) / 1_000;
}

/** What an `Option` holds, if anything: the host writes `[0, value]` or `[1, []]`. */
export function optional(cell: unknown): unknown {
  const [variant, value] = cell as [number, unknown];
  return variant === 0 ? value : undefined;
}

/** The hex digits of an identity: the host writes `["0x…"]`. */
export function identity(cell: unknown): string {
  return String((cell as [string])[0]).replace(/^0x/, '');
}
