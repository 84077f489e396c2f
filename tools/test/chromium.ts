import { existsSync } from 'node:fs';
import { chromium } from 'playwright';
import { run } from '../../spike/host/command.ts';
import { installDebianPackages } from '../../spike/host/toolchain.ts';

/** The shell has no windows of its own to draw, which are half of what a headless Chromium is busy with. */
const INSTALLED = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser that a machine has: the one that `SPELLKAVE_CHROMIUM` names, an installed one, or Playwright's own. */
export function findChromium(): { executablePath?: string } {
  const named = process.env['SPELLKAVE_CHROMIUM'];
  const path = named ?? INSTALLED.find((file) => existsSync(file));
  return path ? { executablePath: path } : {};
}

/**
 * Makes sure that there is a browser: one of Debian's packages as root, else Playwright's download.
 * @throws Error that says what to do when neither works
 */
export async function provideChromium(say: (line: string) => void): Promise<void> {
  const there = () => existsSync(findChromium().executablePath ?? chromium.executablePath());
  if (there()) return;
  for (const name of process.getuid?.() === 0 ? ['chromium-headless-shell', 'chromium'] : []) {
    // Not every Debian has both.
    await installDebianPackages([name], say).catch(() => {});
    if (there()) return;
  }
  say('downloading Chromium for Playwright');
  const downloaded = await run('playwright', ['install', 'chromium'], { output: 'show' }).then(
    () => true,
    () => false,
  );
  if (downloaded && there()) return;
  throw new Error(
    'There is no Chromium: install one, and name it in SPELLKAVE_CHROMIUM where it is not in a usual place.',
  );
}
