import type { TableName } from '../../spike/export/file/rows.ts';
import { cutLine, loseRow } from './lost-row.ts';
import { belongingsIn, differencesBetween, type Belongings } from './moved.ts';
import { loadInto } from './moving.ts';
import type { Cluster } from './rival-arms.ts';

/** Loads an export without one row of a table. @returns whether the comparison with what was exported shows it */
export async function isLossNoticed(
  cluster: Cluster,
  file: string,
  table: TableName,
  before: Belongings,
): Promise<boolean> {
  const { url, drop } = await cluster.database();
  const lost = `${file}.without-${table}`;
  loseRow(file, table, lost);
  try {
    return differencesBetween(before, belongingsIn(await loadInto(url, lost, `${lost}.map`))) > 0;
  } finally {
    await drop();
  }
}

/** Loads an export from which a line was cut. @returns whether it was refused for that */
export async function isCutRefused(cluster: Cluster, file: string): Promise<boolean> {
  const { url, drop } = await cluster.database();
  const cut = `${file}.cut`;
  cutLine(file, cut);
  try {
    await loadInto(url, cut, `${cut}.map`);
    return false;
  } catch (error) {
    return /is damaged/.test((error as Error).message);
  } finally {
    await drop();
  }
}
