import { defineConfig, devices } from 'playwright/test';
import { findChromium } from './tools/test/chromium.ts';

const BROWSER = {
  ...devices['Desktop Chrome'],
  launchOptions: {
    ...findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
};

/**
 * `npm test` runs the first three projects side by side, then the claims alone: what is measured must not share the
 * machine with what is not.
 */
export default defineConfig({
  testDir: '.',
  testIgnore: ['**/node_modules/**', '**/.spellkave/**', 'dist/**'],
  outputDir: 'test-results/artifacts',
  fullyParallel: true,
  forbidOnly: true,
  // A retry would hide a contradiction.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  reporter: [['list'], ['./claims/harness/reporter.ts'], ['./tools/test/count-reporter.ts']],
  projects: [
    { name: 'unit', testMatch: ['**/*.test.ts'] },
    { name: 'spike', testMatch: ['spike/**/*.spec.ts', 'tools/**/*.spec.ts'] },
    {
      name: 'site',
      testMatch: ['src/**/*.spec.ts'],
      use: BROWSER,
    },
    { name: 'claims', testMatch: ['claims/*.spec.ts'], workers: 1, fullyParallel: false, use: BROWSER },
  ],
});
