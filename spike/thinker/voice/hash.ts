/** FNV-1a with a final mix, because its low bits alone repeat for texts that differ in one digit. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  value = Math.imul(value ^ (value >>> 16), 0x7feb352d) >>> 0;
  return (value ^ (value >>> 15)) >>> 0;
}

/** One of the items; always the same for the same seed. */
export function pick<T>(items: readonly T[], seed: string): T | undefined {
  return items[hash(seed) % Math.max(1, items.length)];
}

/** The items in an order that looks random; always the same for the same seed. */
export function shuffled(items: readonly string[], seed: string): string[] {
  const keyed = items.map((item) => ({ item, key: hash(`${seed} ${item}`) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
