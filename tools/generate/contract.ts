import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPinned } from '../../spike/host/binary.ts';
import { contractOf } from '../../spike/host/contract.ts';
import { startHost } from '../../spike/host/host.ts';
import { buildModule } from '../../spike/host/module.ts';

export const CONTRACT_FILE = 'spike/world/contract.json';

/** The contract of the production module, as the pinned host tells it: the text of `CONTRACT_FILE`. */
export async function generateContract(): Promise<string> {
  const binary = await findPinned('standalone', console.log);
  const module = await buildModule('production', console.log);
  const folder = await mkdtemp(join(tmpdir(), 'spellkave-contract-'));
  const host = await startHost({ binary, folder });
  try {
    await host.api.publish('contract', module.wasm, await host.api.createAccount());
    return `${JSON.stringify(contractOf(await host.api.schema('contract')), null, 2)}\n`;
  } finally {
    await host.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
