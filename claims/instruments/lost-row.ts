import { readFileSync, writeFileSync } from 'node:fs';
import { ExportWriter } from '../../spike/export/file/writer.ts';
import type { TableName, WrittenRow } from '../../spike/export/file/rows.ts';

interface Line {
  table: TableName;
  row: WrittenRow<TableName>;
}

/**
 * Writes an export again as if its exporter had missed one row in the middle of a table: whole, with a right checksum.
 * @throws Error when the table is empty, because nothing would be lost
 */
export function loseRow(file: string, table: TableName, to: string): void {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const rows = lines.slice(0, -1).map((line) => JSON.parse(line) as Line);
  const mine = rows.filter((line) => line.table === table);
  const lost = mine[mine.length >> 1];
  if (!lost) throw new Error(`the export has no row of ${table} to lose`);
  const writer = new ExportWriter(to);
  const {
    format: _format,
    version: _version,
    ...rest
  } = JSON.parse(header) as Parameters<ExportWriter['begin']>[0] & {
    format: string;
    version: number;
  };
  writer.begin(rest);
  for (const line of rows) if (line !== lost) writer.add(line.table, line.row);
  writer.finish();
}

/** Writes an export without one of its lines, and leaves its checksum as it was. */
export function cutLine(file: string, to: string): void {
  const lines = readFileSync(file, 'utf8').split('\n');
  writeFileSync(to, lines.toSpliced(lines.length >> 1, 1).join('\n'));
}
