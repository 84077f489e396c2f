import { defineConfig, devices } from 'playwright/test';
import { sep } from 'node:path';
import { nestedCheckouts } from './spike/own-files.ts';
import { findChromium } from './tools/test/chromium.ts';

/** The tag that the harness gives to claims of the kind `checked`. */
const CHECKED = /@checked/;

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

/** Paths in this checkout. A glob would match the same path in any folder, and so in a checkout inside this one. */
const own = (path: string) => new RegExp(`^${escaped(import.meta.dirname + sep)}${path}`);
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const CLAIMS = { testMatch: own(String.raw`claims/[^/]*\.claim\.ts$`), fullyParallel: false, use: BROWSER };

/**
 * `npm test` runs one project after the other, the claims that measure last: a measurement must not share the machine.
 */
export default defineConfig({
  testDir: '.',
  testIgnore: nestedCheckouts(import.meta.dirname).map((folder) => own(`${escaped(folder)}/`)),
  outputDir: 'test-results/artifacts',
  fullyParallel: true,
  forbidOnly: true,
  // A retry would hide a contradiction.
  retries: 0,
  workers: 4,
  // What a test waits for comes as soon as the machine allows. These only end a test that waits in vain.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [
    ['list'],
    // Shows each failure on the diff.
    ...(process.env['GITHUB_ACTIONS'] ? [['github'] as const] : []),
    ['./claims/harness/reporter.ts'],
    ['./tools/test/count-reporter.ts'],
  ],
  projects: [
    { name: 'unit', testMatch: own(String.raw`(claims|records|spike|src|tools)/.*\.test\.ts$`), workers: 2 },
    // These wait for most of their time, for a back-off, a lease or a host.
    { name: 'spike', testMatch: own(String.raw`(spike|tools)/.*\.spec\.ts$`), workers: 4 },
    { name: 'site', testMatch: own(String.raw`src/.*\.spec\.ts$`), workers: 2, use: BROWSER },
    { name: 'claims', workers: 1, ...CLAIMS },
    // Of the same claims those that measure no time.
    { name: 'claims-checked', workers: 2, grep: CHECKED, ...CLAIMS },
  ],
});
