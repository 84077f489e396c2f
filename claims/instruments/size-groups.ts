/** What a file is for. `apart` is counted for no arm: the other side lacks what it does, or only experiments use it. */
export const PURPOSES = ['rules', 'storage', 'server', 'live', 'tests', 'generated', 'apart'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Files with one purpose. */
export interface Group {
  purpose: Purpose;
  /** Those that need it; nobody for what is apart. */
  arms: readonly SizedArm[];
  files: readonly string[];
}

export const SIZED_ARMS = ['spacetimedb', 'log', 'rows', 'write-behind'] as const;
export type SizedArm = (typeof SIZED_ARMS)[number];
const SERVERS = ['log', 'rows', 'write-behind'] as const;

/** A file belongs to the first group that lists it. */
export const GROUPS: readonly Group[] = [
  { purpose: 'tests', arms: SERVERS, files: ['spike/rival/**/*.{test,spec,fixture}.ts'] },
  { purpose: 'tests', arms: ['spacetimedb'], files: ['spike/world/src/founding/sound_map.rs'] },
  {
    purpose: 'apart',
    arms: [],
    files: [
      // What the game server lacks: regions, an archive, names that only look alike, a system clock that is set back.
      'spike/world/src/{borders/*,archive,founding/frontier,founding/region_number}.rs',
      'spike/world/src/core/{border,departure,region,traveller,lookalike,name_book,names_in_use,lead}.rs',
      // What only experiments use.
      'spike/world/src/{lab,core/fault}.rs',
      'spike/rival/{behaviour,exit,postgres}/**/*.ts',
      'spike/rival/server/{load,process}.ts',
      // Arms that only tick and send.
      'spike/rival/{database,colyseus}/*.ts',
    ],
  },
  { purpose: 'rules', arms: ['spacetimedb'], files: ['spike/world/src/**/*.rs'] },
  { purpose: 'generated', arms: ['spacetimedb'], files: ['spike/client/bindings/*.ts'] },
  { purpose: 'rules', arms: SERVERS, files: ['spike/rival/world/**/*.ts'] },
  { purpose: 'live', arms: SERVERS, files: ['spike/rival/wire/*.ts', 'spike/rival/server/caller.ts'] },
  { purpose: 'server', arms: SERVERS, files: ['spike/rival/server/*.ts'] },
  { purpose: 'storage', arms: SERVERS, files: ['spike/rival/stores/{store,connect,group-commit}.ts'] },
  { purpose: 'storage', arms: ['log'], files: ['spike/rival/stores/{log,compact,delta-codec}.ts'] },
  {
    purpose: 'storage',
    arms: ['rows', 'write-behind'],
    files: ['spike/rival/stores/{rows,load-rows,statements,schema}.ts'],
  },
  { purpose: 'storage', arms: ['write-behind'], files: ['spike/rival/stores/write-behind.ts'] },
];
