import { existsSync } from 'node:fs';
import { chromium } from 'playwright';
import { run } from '../../spike/command.ts';
import { installDebianPackages } from '../../spike/host/toolchain.ts';

/** In order of preference: the headless shell draws no windows, so a page costs half as much in it. */
const INSTALLED = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser that `SPELLKAVE_CHROMIUM` names, else an installed one, else Playwright's own. */
export function findChromium(): { executablePath?: string } {
  const named = process.env['SPELLKAVE_CHROMIUM'];
  const path = named ?? INSTALLED.find((file) => existsSync(file));
  return path ? { executablePath: path } : {};
}

/**
 * Makes sure that there is a browser: as root from Debian's packages, else by Playwright's download.
 * @throws Error with the fix when neither works
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
  throw new Error('There is no Chromium: install one. If it is in an unusual place, name it in SPELLKAVE_CHROMIUM.');
}
