/**
 * Remembers what was read from a folder, because dozens of pages ask for the same. Not in development, where a page must
 * show a file that has just been edited.
 */
export function oncePerBuild<T>(read: (root: string) => T): (root: string) => T {
  const known = new Map<string, T>();
  return (root) => {
    // Outside Vite, as in unit tests, there is no `env`.
    if ((import.meta.env as { DEV?: boolean } | undefined)?.DEV) return read(root);
    const found = known.get(root) ?? read(root);
    known.set(root, found);
    return found;
  };
}
