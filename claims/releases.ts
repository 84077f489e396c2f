/** When hosts were released, by their tags and release pages; record 0002 has the same days for those it weighs. */
export const RELEASES: Readonly<Record<string, string>> = {
  '1.2.0': '2025-06-13',
  '2.12.0': '2026-10-13',
  '2.14.0': '2026-10-30',
  '2.15.0': '2026-11-10',
  '2.16.1': '2026-11-20',
};

/** Record 0002: a version that has been out for less is too young to run for others. */
const WEEKS = 4;
const DAY_MS = 86_400_000;
const OLDEST_MAJOR = '2.';

/** What record 0002's rule recommends on a day, and what it recommends next, with the day on which that begins. */
export function recommended(on: string): { now: string; next?: { version: string; from: string } } {
  const candidates = Object.entries(RELEASES)
    .filter(([version]) => version.startsWith(OLDEST_MAJOR))
    .map(([version, released]) => ({ version, from: later(released, WEEKS * 7) }))
    .sort((a, b) => a.from.localeCompare(b.from));
  const now = candidates.findLast(({ from }) => from <= on);
  if (!now) throw new Error(`no release is ${WEEKS} weeks old on ${on}: add older ones to RELEASES`);
  const next = candidates.find(({ from }) => from > on);
  return { now: now.version, ...(next && { next }) };
}

/** How old a version was on a day: `17 months`, or `6 weeks`. */
export function ageOn(day: string, version: string): string {
  const released = RELEASES[version];
  if (!released) throw new Error(`the release of host ${version} is not known: add its day to RELEASES`);
  const days = (Date.parse(day) - Date.parse(released)) / DAY_MS;
  return days < 90 ? `${Math.floor(days / 7)} weeks` : `${Math.floor(days / 30.44)} months`;
}

function later(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}
