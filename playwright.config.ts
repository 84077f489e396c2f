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
 * `npm test` runs one project after the other, the claims last: a measurement must not share the machine.
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
  reporter: [
    ['list'],
    // Shows each failure on the diff.
    ...(process.env['GITHUB_ACTIONS'] ? [['github'] as const] : []),
    ['./claims/harness/reporter.ts'],
    ['./tools/test/count-reporter.ts'],
  ],
  projects: [
    { name: 'unit', testMatch: ['**/*.test.ts'] },
    { name: 'spike', testMatch: ['spike/**/*.spec.ts', 'tools/**/*.spec.ts'] },
    {
      name: 'site',
      testMatch: ['src/**/*.spec.ts'],
      use: BROWSER,
    },
    { name: 'claims', testMatch: ['claims/*.claim.ts'], workers: 1, fullyParallel: false, use: BROWSER },
  ],
});
