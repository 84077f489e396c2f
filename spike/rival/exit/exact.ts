/**
 * A 64-bit integer as the game server counts.
 * @throws Error when it would lose digits
 */
export function exact(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new Error(`${value} is out of range: the game server counts from -2^53 + 1 to 2^53 - 1`);
  return number;
}
