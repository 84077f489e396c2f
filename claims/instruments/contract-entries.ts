import type { Contract } from '../../spike/host/contract.ts';

/** Each table, reducer, type and filter of a contract as one line. */
export function entriesOf({ tables, reducers, types, filters }: Contract): string[] {
  const named = Object.entries({ tables, reducers, types }).flatMap(([part, entries]) =>
    Object.entries(entries).map(([name, fields]) => `${part} ${name}: ${fields.join(', ')}`),
  );
  return [...named, ...filters];
}

/** How many entries only one of two contracts has. */
export function differences(one: Contract, other: Contract): number {
  const [first, second] = [entriesOf(one), entriesOf(other)];
  const missing = (from: string[], of: string[]) => of.filter((entry) => !from.includes(entry)).length;
  return missing(first, second) + missing(second, first);
}
