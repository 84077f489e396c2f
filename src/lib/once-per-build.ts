/**
 * Astro loads its configuration and the pages as two separate graphs of modules, so a variable of a module would be
 * filled twice. What was read is kept for the whole process instead.
 */
const READINGS = Symbol.for('spellkave.readings');

/**
 * Makes a reader that reads once per build. In development it reads every time, so that a changed file shows.
 * @param name unique among the readers
 */
export function oncePerBuild<T>(name: string, read: (root: string) => T): (root: string) => T {
  return (root) => {
    if (process.env['NODE_ENV'] !== 'production') return read(root);
    const readings = ((globalThis as Record<symbol, unknown>)[READINGS] ??= new Map()) as Map<string, T>;
    const key = `${name} ${root}`;
    if (!readings.has(key)) readings.set(key, read(root));
    return readings.get(key)!;
  };
}
