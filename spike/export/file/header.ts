import { z } from 'zod';

export const FORMAT = 'spellkave-world';
/** Raised whenever a table, a column or its meaning changes. */
export const VERSION = 1;

/** The first line of an export. */
export const Header = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** The world's name on the host it left. */
  database: z.string(),
  /** The instant that the rows show, in microseconds since 1970, by the clock of the exporting machine. */
  exported_at: z
    .string()
    .regex(/^\d{1,19}$/)
    .transform(BigInt),
  /** How the clock stood before the export: paused or not, and the reason that people read. */
  was: z.strictObject({ paused: z.boolean(), notice: z.string() }),
});
export type Header = z.output<typeof Header>;

/** The last line: without it the file was cut off. */
export const End = z.strictObject({
  end: z.literal(FORMAT),
  /** The rows of each table. */
  rows: z.record(z.string(), z.int().min(0)),
  /** Of all bytes before this line, in hex. */
  sha256: z.string(),
});
export type End = z.infer<typeof End>;
