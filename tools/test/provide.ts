import { findHost, findPinned } from '../../spike/host/binary.ts';
import { buildModule } from '../../spike/host/module.ts';
import { provideChromium } from './chromium.ts';

const PROVIDERS = {
  host: async () => void (await findHost(console.log)),
  cli: async () => void (await findPinned('cli', console.log)),
  modules: async () => {
    await buildModule('production', console.log);
    await buildModule('lab', console.log);
  },
  browser: () => provideChromium(console.log),
};

/** Something that a fresh machine lacks. */
export type Need = keyof typeof PROVIDERS;

/** Installs or builds what is missing, so that no test fails or times out because of it. */
export async function provide(needs: Set<Need>): Promise<void> {
  for (const [need, install] of Object.entries(PROVIDERS)) if (needs.has(need as Need)) await install();
}
