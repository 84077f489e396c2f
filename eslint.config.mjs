import astro from 'eslint-plugin-astro';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Imports point one way: the site reads evidence, claims drive the spike, the clients of the world know only how to
 * connect, and nothing knows the site.
 */
const CLIENTS = ['thinker', 'archivist', 'text'];
const MAY_NOT_IMPORT = [
  { files: ['spike/client/**'], room: 'the client', folders: [...CLIENTS, 'host', 'start', 'claims', 'src', 'tools'] },
  ...CLIENTS.map((client) => ({
    files: [`spike/${client}/**`],
    room: `the ${client}`,
    folders: [...CLIENTS.filter((other) => other !== client), 'host', 'start', 'claims', 'src', 'tools'],
  })),
  { files: ['spike/host/**'], room: 'the host', folders: [...CLIENTS, 'client', 'start', 'claims', 'src', 'tools'] },
  { files: ['spike/start/**'], room: 'start', folders: [...CLIENTS, 'claims', 'src', 'tools'] },
  { files: ['records/**'], room: 'the reader of records', folders: ['spike', 'claims', 'src', 'tools'] },
  { files: ['claims/**'], room: 'a claim', folders: ['src', 'tools'] },
  { files: ['src/**'], room: 'the site', folders: ['spike', 'claims/harness', 'tools'] },
  {
    files: ['src/live/**'],
    room: 'the live page',
    folders: [...CLIENTS, 'host', 'start', 'world', 'claims/harness', 'tools'],
  },
  { files: ['tools/**'], room: 'a tool', folders: ['src'] },
];

export default defineConfig(
  globalIgnores(['dist/', '.astro/', '.spellkave/', 'test-results/', 'spike/world/target/', 'spike/client/bindings/']),
  tseslint.configs.recommendedTypeChecked,
  ...astro.configs['flat/recommended'],
  {
    languageOptions: { parserOptions: { projectService: true, extraFileExtensions: ['.astro'] } },
  },
  {
    files: ['**/*.ts'],
    rules: {
      // Playwright reads which fixtures a test wants from the pattern, and `{}` says none.
      'no-empty-pattern': 'off',
      // Some SDK callbacks and HTTP answers are typed `any`; they are narrowed where they enter.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }] },
  },
  // Plain scripts and Astro components are checked by their own compilers, not by typed lint.
  { files: ['**/*.mjs', '**/*.astro', '**/*.astro/*.ts'], extends: [tseslint.configs.disableTypeChecked] },
  ...MAY_NOT_IMPORT.map(({ files, room, folders }) => ({
    files,
    // A test drives its room from outside, and so does what records the live page's replay.
    ignores: ['**/*.spec.ts', '**/*.fixture.ts', 'tools/generate/record-live.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: folders.map((folder) => ({
            group: [`**/${folder}/**`],
            message: `${room} does not import ${folder}/.`,
          })),
        },
      ],
    },
  })),
);
