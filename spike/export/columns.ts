/**
 * A value of the SDK as an export has it: 64 bits and moments as decimal digits, an identity as hexadecimal ones, an
 * option as null or its value, a variant as its name, and columns under the names that the module gives them.
 */
export function written(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== 'object' || value === null) return value;
  if ('__timestamp_micros_since_unix_epoch__' in value) return String(value.__timestamp_micros_since_unix_epoch__);
  if ('__identity__' in value) return (value as unknown as { toHexString(): string }).toHexString().replace(/^0x/, '');
  if ('tag' in value) return variant(value as { tag: string; value?: unknown });
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [snakeCase(name), written(held)]));
}

/** The SDK gives a variant without a payload an empty one. */
function variant({ tag, value }: { tag: string; value?: unknown }): unknown {
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return value === undefined || isEmpty ? tag : { [tag]: written(value) };
}

/** The bindings write `placeKey` for the module's `place_key`. */
export function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
