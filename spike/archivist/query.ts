import { DatabaseSync } from 'node:sqlite';

/** What to look for; each part that is left out lets everything through. */
export interface Query {
  who?: string | undefined;
  where?: string | undefined;
  /** Microseconds since 1970. */
  since?: bigint | undefined;
  until?: bigint | undefined;
  limit: number;
}

export interface Found {
  at: Date;
  who: string;
  where: string;
  text: string;
}

/** The newest events that match, oldest first; names are compared without regard to capitals. */
export function search(file: string, { who, where, since, until, limit }: Query): Found[] {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = db
      .prepare(
        `SELECT event.at / 1000 AS at, event.text, coalesce(agent.name, 'agent ' || event.agent) AS who,
           coalesce(place.name, 'place ' || event.place) AS place
         FROM event LEFT JOIN agent ON agent.id = event.agent LEFT JOIN place ON place.id = event.place
         WHERE (:who IS NULL OR agent.name = :who COLLATE NOCASE)
           AND (:where IS NULL OR place.name LIKE '%' || :where || '%')
           AND event.at >= :since AND event.at <= :until
         ORDER BY event.id DESC LIMIT :limit`,
      )
      .all({
        ':who': who ?? null,
        ':where': where ?? null,
        ':since': since ?? 0n,
        ':until': until ?? BigInt(Number.MAX_SAFE_INTEGER),
        ':limit': limit,
      });
    return rows.reverse().map((row) => ({
      at: new Date(Number(row['at'])),
      who: String(row['who']),
      where: String(row['place']),
      text: String(row['text']),
    }));
  } finally {
    db.close();
  }
}

const UNITS_US: Record<string, bigint> = { s: 1_000_000n, m: 60_000_000n, h: 3_600_000_000n, d: 86_400_000_000n };

/**
 * A moment in microseconds since 1970: `90s`, `10m`, `2h` or `3d` ago, or a date and time.
 * @throws Error that says what is understood
 */
export function momentOf(text: string, now = Date.now()): bigint {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const size = UNITS_US[unit];
  if (count && size) return BigInt(now) * 1_000n - BigInt(count) * size;
  const date = Date.parse(text);
  if (Number.isNaN(date)) throw new Error(`"${text}" is no moment: write 10m, 2h or 3d ago, or 2026-11-22T20:00.`);
  return BigInt(date) * 1_000n;
}
