/**
 * The value below which the share `q` of the values lies, by linear interpolation between neighbours.
 * @param sorted ascending, not empty
 * @param q 0 to 1
 */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const position = (sorted.length - 1) * q;
  const below = Math.floor(position);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (high - low) * (position - below);
}
