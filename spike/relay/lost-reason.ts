/**
 * Why a region was lost, for the log. A region with an older module rejects the subscription to tables that it lacks.
 */
export function lostReason(reason: string): string {
  const [, table] = /`(\w+)` is not a valid table/.exec(reason) ?? [];
  if (!table) return reason;
  return `its module is older and has no table ${table}: publish the same module in every region; until then nobody crosses its borders`;
}
