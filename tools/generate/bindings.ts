import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPinned } from '../../spike/host/binary.ts';
import { run } from '../../spike/command.ts';
import { buildModule } from '../../spike/host/module.ts';

/** Generates the client bindings of the production module with the pinned CLI into `folder`. */
export async function generateBindings(folder: string): Promise<void> {
  const cli = await findPinned('cli', console.log);
  const module = await buildModule('production', console.log);
  // The CLI writes a configuration file wherever its root is; nobody needs it.
  const root = await mkdtemp(join(tmpdir(), 'spellkave-cli-'));
  const args = ['generate', '--lang', 'typescript', '--out-dir', folder, '--bin-path', module.path, '--yes'];
  await run(cli.path, ['--root-dir', root, ...args]).finally(() => rm(root, { recursive: true, force: true }));
}
