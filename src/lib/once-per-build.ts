/**
 * Astro loads its configuration and the pages as two separate graphs of modules, so a variable of a module would be
 * filled twice. What was read is kept for the whole process instead.
 */
const READINGS = Symbol.for('spellkave.readings');
/** Tests change what they read, and nothing says so. */
const KEEPS = ['production', 'development'];

/**
 * Makes a reader that reads once per build. In development what it read is kept until a file changes: each citation of a
 * record asks for all claims, and one of them costs a hash over all sources.
 * @param name unique among the readers
 */
export function oncePerBuild<T>(name: string, read: (root: string) => T): (root: string) => T {
  return (root) => {
    if (!KEEPS.includes(process.env['NODE_ENV'] ?? '')) return read(root);
    const readings = readingsOf() as Map<string, T>;
    const key = `${name} ${root}`;
    if (!readings.has(key)) readings.set(key, read(root));
    return readings.get(key)!;
  };
}

/** Lets each reader read again: a file has changed. */
export function forgetReadings(): void {
  readingsOf().clear();
}

function readingsOf(): Map<string, unknown> {
  return ((globalThis as Record<symbol, unknown>)[READINGS] ??= new Map()) as Map<string, unknown>;
}
