/** What one region shows of a player at one moment. A region that does not answer shows nothing. */
export interface Sight {
  /** The region's own number. */
  region: number;
  /** The player's body there; it is away while they are on the way to another region, or live in one. */
  body?: { agent: number; isAway: boolean } | undefined;
  /** The region that a journey from here leads to, until both regions have forgotten it. */
  leavesFor?: number | undefined;
  /** Whether somebody who is on the way here waits to be let in. */
  isPending?: boolean | undefined;
  /** What the region knows of their crossings. */
  passport?: { hops: number; region: number } | undefined;
}

/** Where a player lives, as far as the regions that answer tell. */
export type Residence =
  | { state: 'here'; region: number }
  /** `from` is undefined when only the region of arrival answers. */
  | { state: 'crossing'; from: number | undefined; to: number }
  /** No region that answers knows the player. */
  | { state: 'nowhere' };

/**
 * Finds where a player lives. At most one region has a living body; a passport counts only where none has, and of two
 * passports the one with more crossings is the later.
 */
export function residenceOf(sights: readonly Sight[]): Residence {
  const [living] = sights.filter(({ body }) => body && !body.isAway).sort((a, b) => hopsOf(b) - hopsOf(a));
  if (living) return { state: 'here', region: living.region };
  const leaving = sights.filter(({ leavesFor }) => leavesFor !== undefined).sort((a, b) => hopsOf(b) - hopsOf(a))[0];
  if (leaving?.leavesFor !== undefined) return { state: 'crossing', from: leaving.region, to: leaving.leavesFor };
  const awaited = sights.find(({ isPending }) => isPending);
  if (awaited) return { state: 'crossing', from: undefined, to: awaited.region };
  const [latest] = sights.flatMap(({ passport }) => passport ?? []).sort((a, b) => b.hops - a.hops);
  if (!latest) return { state: 'nowhere' };
  // Two connections do not show one moment: a region that answers will show the body in a moment.
  const isAwaited = sights.some(({ region }) => region === latest.region);
  return isAwaited
    ? { state: 'crossing', from: undefined, to: latest.region }
    : { state: 'here', region: latest.region };
}

/**
 * What to believe after another look. A region that does not answer cannot show that somebody still lives there, so
 * that alone does not mean that they left.
 * @param answers whether the region of that number answers
 */
export function believed(before: Residence, seen: Residence, answers: (region: number) => boolean): Residence {
  if (before.state === 'here' && !answers(before.region)) {
    const isSilent = seen.state === 'nowhere' || (seen.state === 'crossing' && seen.to === before.region);
    return isSilent ? before : seen;
  }
  return before.state === 'crossing' && seen.state === 'nowhere' ? before : seen;
}

const hopsOf = ({ passport }: Sight) => passport?.hops ?? 0;
