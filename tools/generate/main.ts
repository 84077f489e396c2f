import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { generateBindings } from './bindings.ts';
import { CONTRACT_FILE, generateContract } from './contract.ts';

const FOLDER = 'spike/client/bindings';

// Generated aside and then moved: a module that does not compile loses nothing, and a table that is gone leaves nothing.
const fresh = await mkdtemp(`${FOLDER}-`);
try {
  await generateBindings(fresh);
  await rm(FOLDER, { recursive: true, force: true });
  await rename(fresh, FOLDER);
} finally {
  await rm(fresh, { recursive: true, force: true });
}
console.log(`client bindings written to ${FOLDER}/`);
await writeFile(CONTRACT_FILE, await generateContract());
console.log(`the contract written to ${CONTRACT_FILE}`);
