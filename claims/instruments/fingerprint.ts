import type { Lab } from '../harness/lab.ts';

/**
 * Every row of some tables as one text, whatever order the host returns them in.
 * @throws Error when a table that the world fills is empty, because then two fingerprints would always agree
 */
export async function fingerprint(lab: Lab, tables: { filled: string[]; others?: string[] }): Promise<string> {
  const rows = async (table: string) => (await lab.sql(`SELECT * FROM ${table}`)).map((row) => JSON.stringify(row));
  const filled = await Promise.all(tables.filled.map(rows));
  const empty = tables.filled.filter((_, index) => filled[index]?.length === 0);
  if (empty.length > 0) throw new Error(`no rows in ${empty.join(', ')}: the comparison would see nothing`);
  return JSON.stringify(
    [...filled, ...(await Promise.all((tables.others ?? []).map(rows)))].map((each) => each.sort()),
  );
}
