/**
 * What a folder may import besides its own files and packages; everything else is refused. `a/` stands for all below it,
 * and `a/*.ts` for its files alone. The page on architecture shows this table, and a test compares the two.
 */
export const MAY_IMPORT: Record<string, readonly string[]> = {
  'claims/': ['spike/'],
  'records/': ['spike/own-files.ts'],
  'spike/*.ts': [],
  'spike/archivist/': ['spike/client/', 'spike/*.ts'],
  'spike/client/': ['spike/*.ts'],
  'spike/export/': [
    'spike/client/',
    'spike/host/api.ts',
    'spike/start/output.ts',
    'spike/start/saved-world.ts',
    'spike/*.ts',
  ],
  'spike/export/file/': [],
  'spike/host/': ['spike/*.ts'],
  'spike/relay/': ['spike/client/', 'spike/*.ts'],
  'spike/rival/': [
    'spike/client/world-constants.ts',
    'spike/host/port.ts',
    'spike/host/supervised.ts',
    'spike/start/map.ts',
    'spike/*.ts',
  ],
  'spike/rival/exit/': ['spike/rival/', 'spike/export/file/', 'spike/client/world-constants.ts', 'spike/start/map.ts'],
  'spike/rival/world/': ['spike/client/world-constants.ts', 'spike/start/map.ts'],
  'spike/start/': ['spike/client/', 'spike/host/', 'spike/*.ts'],
  'spike/text/': ['spike/client/', 'spike/*.ts'],
  'spike/thinker/': ['spike/client/', 'spike/*.ts'],
  'spike/world/': [],
  'src/': ['records/', 'claims/*.ts', 'spike/own-files.ts'],
  'src/live/': ['spike/client/'],
  'src/play/': ['spike/client/', 'spike/text/*.ts', 'src/live/'],
  'tools/': ['records/', 'claims/', 'spike/', 'tsconfig.json'],
};

/** A test on a host drives its subject from outside, and so does what records the live page's replay. */
export const EXEMPT = [
  '**/*.spec.ts',
  '**/*.fixture.ts',
  'spike/fixture.ts',
  'spike/*.test.ts',
  'tools/generate/record-live.ts',
];

/** The entry for a file, the narrowest one, or nothing where imports are not limited. */
export function folderOf(file: string): string | undefined {
  return Object.keys(MAY_IMPORT)
    .filter((folder) => isIn(file, folder))
    .sort((a, b) => b.length - a.length)[0];
}

export function isAllowed(from: string, to: string): boolean {
  return isIn(to, from) || (MAY_IMPORT[from] ?? []).some((pattern) => isIn(to, pattern));
}

function isIn(file: string, pattern: string): boolean {
  if (pattern.endsWith('/')) return file.startsWith(pattern);
  if (!pattern.endsWith('/*.ts')) return file === pattern;
  const folder = pattern.slice(0, -'*.ts'.length);
  return file.startsWith(folder) && !file.slice(folder.length).includes('/');
}
