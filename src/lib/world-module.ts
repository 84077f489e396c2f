import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownFiles } from '../../spike/own-files.ts';

/** One Rust file of the world module, as its source describes itself. */
export interface ModuleFile {
  /** Relative to `spike/world/src`. */
  path: string;
  /** The first sentence of its `//!` comment. */
  holds: string;
  tables: { name: string; isPublic: boolean }[];
  reducers: string[];
}

/** A folder, or a file that stands by itself: then `name` is its path, and it is the only file. */
export interface ModuleFolder {
  name: string;
  holds: string;
  files: ModuleFile[];
}

/** The module's folders in the order in which `lib.rs` lists them: each imports only from those before it. */
export function readWorldModule(root: string): ModuleFolder[] {
  const source = join(root, 'spike/world/src');
  const files = ownFiles(source, '**/*.rs').map((path) => describe(path, readFileSync(join(source, path), 'utf8')));
  const lib = readFileSync(join(source, 'lib.rs'), 'utf8');
  const names = [...lib.matchAll(/^pub mod (\w+);/gm)].map(([, name = '']) => name);
  return names.map((name) => {
    const own = files.filter(({ path }) => path === `${name}.rs` || path.startsWith(`${name}/`));
    const head = own.find(({ path }) => path === `${name}/mod.rs` || path === `${name}.rs`);
    return {
      name: head?.path.endsWith('/mod.rs') ? `${name}/` : `${name}.rs`,
      holds: head?.holds ?? '',
      files: own.filter(({ path }) => !path.endsWith('/mod.rs')),
    };
  });
}

/** @throws Error when a file does not say what it holds */
export function describe(path: string, text: string): ModuleFile {
  const [comment = ''] = /^(?:\/\/!.*\n)+/.exec(text) ?? [];
  const [paragraph = ''] = comment
    .replaceAll(/^\/\/! ?/gm, '')
    .trim()
    .split('\n\n');
  const holds = /^.*?[.](?=\s|$)/s.exec(paragraph)?.[0].replaceAll('\n', ' ');
  if (!holds) throw new Error(`spike/world/src/${path} does not begin with a //! comment: say in one what it holds.`);
  return {
    path,
    holds,
    tables: [...text.matchAll(/#\[table\(name = (\w+)(, public)?/g)].map(([, name = '', open]) => ({
      name,
      isPublic: open !== undefined,
    })),
    reducers: [...text.matchAll(/#\[reducer(?:\((\w+)\))?\]\s*pub fn (\w+)/g)].map(([, , name = '']) => name),
  };
}
