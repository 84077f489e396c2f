import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { End, FORMAT, Header, VERSION } from './header.ts';
import { ROWS, TABLES, type Rows } from './rows.ts';

/** A world at one instant. */
export interface WorldExport {
  header: Header;
  rows: Rows;
}

/**
 * Reads an export and checks every line of it.
 * @throws Error that names the file, what is wrong with it and what to do
 */
export async function readExport(file: string): Promise<WorldExport> {
  const damaged = (what: string, cause?: unknown) =>
    new Error(`${file} is damaged: ${what}. Export the world again, or take another copy.`, { cause });
  let header: Header | undefined;
  let end: End | undefined;
  const rows = Object.fromEntries(TABLES.map((table) => [table, [] as unknown[]]));
  const hash = createHash('sha256');
  let number = 0;
  for await (const line of linesOf(file)) {
    number++;
    if (end) throw damaged(`line ${number} comes after its last line`);
    const value = parsed(line);
    if (!header) header = headerOf(file, value);
    else if (isEnd(value)) end = check(End, value, (what) => damaged(`line ${number}: ${what}`));
    else addRow(rows, value, (what) => damaged(`line ${number}: ${what}`));
    if (!end) hash.update(`${line}\n`);
  }
  if (!header) throw foreign(file, 'its first line is another');
  if (!end) throw damaged(`it ends after line ${number} without its last line, so it was cut off`);
  for (const table of TABLES) {
    const [found, expected] = [rows[table]?.length ?? 0, end.rows[table] ?? 0];
    if (found !== expected) throw damaged(`the table ${table} has ${found} rows, not ${expected}`);
  }
  if (hash.digest('hex') !== end.sha256) throw damaged('its content does not match its checksum');
  return { header, rows: rows as Rows };
}

/** Lines end in a line feed alone: `readline` would also split at U+2028, which people may say. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const chunk of createReadStream(file, 'utf8')) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code) throw error;
    throw new Error(`${file} cannot be read: ${message}. Name a file that \`npm run export\` wrote.`, { cause: error });
  }
  // A part of a line says only that the file was cut off.
  if (parsed(rest) !== undefined) yield rest;
}

function headerOf(file: string, value: unknown): Header {
  const { format, version } = (value ?? {}) as { format?: unknown; version?: unknown };
  if (format !== FORMAT) throw foreign(file, 'its first line is another');
  if (version !== VERSION)
    throw new Error(
      `${file} has version ${String(version)} of the form, and this program reads version ${VERSION}: use the program that belongs to the file.`,
    );
  return check(Header, value, (what) => new Error(`${file} is damaged: line 1: ${what}. Export the world again.`));
}

function foreign(file: string, why: string): Error {
  return new Error(`${file} is not an export of a world, because ${why}: name a file that \`npm run export\` wrote.`);
}

function isEnd(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'end' in value;
}

function addRow(rows: Record<string, unknown[]>, value: unknown, wrong: (what: string) => Error): void {
  const { table, row } = (value ?? {}) as { table?: unknown; row?: unknown };
  const known = TABLES.find((each) => each === table);
  if (!known) throw wrong(value === undefined ? 'it is not JSON' : `it belongs to no known table`);
  rows[known]?.push(check<unknown>(ROWS[known], row, (what) => wrong(`table ${known}: ${what}`)));
}

function check<T>(schema: z.ZodType<T>, value: unknown, wrong: (what: string) => Error): T {
  const result = schema.safeParse(value);
  if (!result.success) throw wrong(z.prettifyError(result.error).replaceAll(/\s+/g, ' '));
  return result.data;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
