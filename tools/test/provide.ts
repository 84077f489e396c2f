import { findHost, findPinned } from '../../spike/host/binary.ts';
import { buildModule } from '../../spike/host/module.ts';
import { findFakeTime } from '../../spike/host/system-clock.fixture.ts';
import { installDebianPackages } from '../../spike/host/toolchain.ts';
import { provideChromium } from './chromium.ts';

const PROVIDERS = {
  host: async () => void (await findHost(console.log)),
  cli: async () => void (await findPinned('cli', console.log)),
  modules: async () => {
    await buildModule('production', console.log);
    await buildModule('lab', console.log);
  },
  /** Optional: without it the tests that set a host's system clock are skipped, with this reason. */
  clock: async () => {
    if (findFakeTime()) return;
    await installDebianPackages(['libfaketime'], console.log).catch((error: Error) => console.log(error.message));
  },
  browser: () => provideChromium(console.log),
};

/** Something that a fresh machine lacks. */
export type Need = keyof typeof PROVIDERS;

/** Installs or builds what is missing, so that no test fails or times out because of it. */
export async function provide(needs: Set<Need>): Promise<void> {
  for (const [need, install] of Object.entries(PROVIDERS)) if (needs.has(need as Need)) await install();
}
