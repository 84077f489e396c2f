import astro from 'eslint-plugin-astro';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { nestedCheckouts } from './spike/own-files.ts';
import { importsPointOneWay } from './tools/lint/imports/rule.ts';
import { EXEMPT } from './tools/lint/imports/table.ts';

export default defineConfig(
  globalIgnores([
    'dist/',
    '.astro/',
    '.spellkave/',
    'test-results/',
    'spike/world/target/',
    'spike/client/bindings/',
    ...nestedCheckouts(import.meta.dirname).map((folder) => `${folder.replaceAll(/[[\]{}()*?!\\]/g, '\\$&')}/`),
  ]),
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
  {
    // The system's clock may be set back an hour in the middle of a wait; this one only goes forward.
    files: ['spike/**/*.ts'],
    ignores: ['**/*.test.ts', '**/*.spec.ts', '**/*.fixture.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'Date',
          property: 'now',
          message: 'Measure waits and ages by performance.now(), which nobody can set.',
        },
      ],
    },
  },
  // Plain scripts and Astro components are checked by their own compilers, not by typed lint.
  { files: ['**/*.mjs', '**/*.astro', '**/*.astro/*.ts'], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ['**/*.{ts,astro}'],
    ignores: EXEMPT,
    plugins: { spellkave: { rules: { 'imports-point-one-way': importsPointOneWay } } },
    rules: { 'spellkave/imports-point-one-way': 'error' },
  },
);
