import { setImmediate as nextTurn } from 'node:timers/promises';
import { written } from './columns.ts';
import { ExportWriter } from './file/writer.ts';
import { ROWS, TABLES, type TableName, type WrittenRow, type WrittenRows } from './file/rows.ts';
import { Hold, type Owned } from './hold.ts';
import { rowsAtOneInstant } from './instant.ts';

/** Rows after which the program looks whether somebody wants it to end. */
const BREATH = 5_000;
const GOLD = 0;

export interface ExportOptions extends Owned {
  file: string;
  /** Leaves the world standing, because it goes on elsewhere. */
  staysPaused: boolean;
  signal: AbortSignal;
  /** @param done of `all` rows that are written */
  onProgress?: (step: 'read' | 'write', done: number, all: number) => void;
}

/** What was exported. */
export interface Exported {
  agents: number;
  gold: number;
  /** Think requests that wait or are leased. */
  open: number;
  rows: number;
  bytes: number;
  /** For how long the world stood still because of the export. */
  heldMs: number;
  /** Whether it stood still before. */
  wasPaused: boolean;
}

/** The world may still stand still, because it could not be put back to how it was. */
export class LeftStanding extends Error {}

/**
 * Writes a world to a file as it is at one instant, and puts its clock back to how it was, whatever happens.
 * @throws Error when the file exists or cannot be written, the world cannot be read, or `signal` aborts; no file is left
 * @throws LeftStanding when the clock could not be put back
 */
export async function exportWorld(options: ExportOptions): Promise<Exported> {
  const { file, staysPaused, signal, onProgress } = options;
  const writer = new ExportWriter(file);
  let hold: Hold | undefined;
  let isDone = false;
  try {
    hold = await Hold.of(options);
    await hold.take();
    onProgress?.('read', 0, 0);
    const { url } = options.api;
    const rows = await rowsAtOneInstant(
      { url, database: options.database, token: options.owner.token },
      TABLES,
      signal,
    );
    const exportedAt = Math.round((performance.timeOrigin + performance.now()) * 1_000);
    // What is written now is in memory, so the world need not wait for the disk.
    if (!staysPaused) await hold.release();
    writer.begin({ database: options.database, exported_at: String(exportedAt), was: hold.was });
    const exported = await write(writer, rows, signal, onProgress);
    isDone = true;
    return { ...exported, heldMs: hold.milliseconds, wasPaused: hold.before.paused };
  } finally {
    writer.discard();
    if (hold && !(isDone && staysPaused)) await release(hold);
  }
}

async function release(hold: Hold): Promise<void> {
  try {
    await hold.release();
  } catch (error) {
    throw new LeftStanding(
      `The world may still stand still: ${(error as Error).message}. Let it go on with \`npm run export -- --resume\`.`,
      { cause: error },
    );
  }
}

type Written = Omit<Exported, 'heldMs' | 'wasPaused'>;

async function write(
  writer: ExportWriter,
  read: ReadonlyMap<string, readonly object[]>,
  signal: AbortSignal,
  onProgress: ExportOptions['onProgress'],
): Promise<Written> {
  const all = [...read.values()].reduce((sum, { length }) => sum + length, 0);
  const counts = { agents: 0, gold: 0, open: 0 };
  let done = 0;
  for (const table of TABLES)
    for (const raw of read.get(table) ?? []) {
      const row = rowOf(table, raw);
      count(counts, table, row);
      writer.add(table, row);
      if (++done % BREATH > 0) continue;
      onProgress?.('write', done, all);
      await nextTurn();
      signal.throwIfAborted();
    }
  return { ...counts, rows: done, bytes: writer.finish().bytes };
}

/** @throws Error when the module has other columns than the form of the file */
function rowOf<Table extends TableName>(table: Table, raw: object): WrittenRow<Table> {
  const row = written(raw);
  const result = ROWS[table].safeParse(row);
  if (!result.success)
    throw new Error(
      `the table ${table} of this world has another form than this program knows (${result.error.issues[0]?.message ?? ''}): use the program that belongs to the world's module`,
    );
  return row as WrittenRow<Table>;
}

function count(counts: { agents: number; gold: number; open: number }, table: TableName, row: object): void {
  if (table === 'agent') counts.agents++;
  if (table === 'holding') {
    const { good, quantity } = row as WrittenRows['holding'][number];
    if (good === GOLD) counts.gold += quantity;
  }
  if (table === 'think_request') {
    const { state } = row as WrittenRows['think_request'][number];
    if (state === 'Pending' || state === 'Leased') counts.open++;
  }
}
