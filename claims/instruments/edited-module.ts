import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../spike/command.ts';
import { findToolchain } from '../../spike/host/toolchain.ts';
import { ownFiles } from '../../spike/own-files.ts';

const WORLD = 'spike/world';
const RULE = 'src/core/speech.rs';
const OUTPUT = 'target/wasm32-unknown-unknown/release/spellkave_world.wasm';
/** What a player hears who says nothing. An edit replaces it by words of the same length. */
const REASON = 'there is nothing to say';

/** The reason after an edit, different for each of the first hundred. */
export const editedReason = (edit: number): string => `edit ${String(edit).padStart(2, '0')}: nothing to say`;

/** A copy of the world module, in which one rule is edited and compiled again and again. */
export class EditedModule {
  readonly #folder: string;

  /** @param folder for the copy and all that the compiler makes of it; it must not exist */
  constructor(folder: string) {
    this.#folder = folder;
    for (const file of ownFiles(WORLD, ['Cargo.toml', 'Cargo.lock', 'src/**/*.rs']))
      cpSync(join(WORLD, file), join(folder, file));
  }

  /** Saves the rule with another reason, and compiles the lab build as `npm start` compiles the production build. */
  async compile(reason: string): Promise<Uint8Array<ArrayBuffer>> {
    writeFileSync(join(this.#folder, RULE), replaced(readFileSync(join(WORLD, RULE), 'utf8'), reason));
    const { cargo, args, env } = await findToolchain(console.log);
    await run(cargo, ['build', '--release', '--locked', '--features', 'lab', ...args], {
      cwd: this.#folder,
      env: { ...process.env, ...env, CARGO_TARGET_DIR: join(this.#folder, 'target') },
    });
    return new Uint8Array(readFileSync(join(this.#folder, OUTPUT)));
  }
}

/** A compiled module with another reason, for where compiling takes too long. */
export function patched(wasm: Uint8Array<ArrayBuffer>, reason: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(replaced(Buffer.from(wasm).toString('latin1'), reason), 'latin1'));
}

/** @throws Error when the rule no longer has this reason, or another length would move what follows it */
function replaced(text: string, reason: string): string {
  if (reason.length !== REASON.length) throw new Error(`"${reason}" is not as long as "${REASON}"`);
  if (!text.includes(REASON)) throw new Error(`${RULE} no longer says "${REASON}": edit another rule`);
  return text.replaceAll(REASON, reason);
}
