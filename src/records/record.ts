import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const FILE = /^(?<slug>(?<number>\d{4})-.*)\.md$/;
const HEADING = /^# (.+)$/m;

/** A decision, as far as its file and first heading tell. */
export interface RecordFile {
  number: string;
  /** The file name without its ending, e.g. `0001-spacetimedb-as-world-runtime`. */
  slug: string;
  title: string;
}

/** The records under `adr/`, by number. */
export function readRecords(root: string): RecordFile[] {
  return readdirSync(join(root, 'adr'))
    .sort()
    .flatMap((name) => {
      const { number, slug } = FILE.exec(name)?.groups ?? {};
      if (!number || !slug) return [];
      return [{ number, slug, title: titleOf(join(root, 'adr', name)) ?? slug }];
    });
}

/** A record's title is its first heading: what GitHub and other ADR tools show. */
export function titleOf(file: string): string | undefined {
  return HEADING.exec(readFileSync(file, 'utf8'))?.[1];
}
