import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownFiles } from '../../spike/own-files.ts';

/** Lines of code of a part of the tree: without tests, comments and empty lines. */
export interface Part {
  label: string;
  folder: string;
  lines: number;
}

const RELAY = 'spike/relay';
const BORDERS = 'spike/world/src/borders';
/** What the rest of the module has because of borders alone. */
const CORE = ['spike/world/src/core/{border,departure,region,traveller}.rs', 'spike/world/src/founding/frontier.rs'];

/** What a border costs in code, counted in the tree as it is, and the whole module to compare it with. */
export function borderLines(root: string): Part[] {
  const count = (label: string, folder: string, patterns: string[]): Part => ({
    label,
    folder,
    lines: ownFiles(root, patterns)
      .filter((file) => !/\.(?:test|spec|fixture)\.ts$/.test(file))
      .reduce((sum, file) => sum + linesOf(readFileSync(join(root, file), 'utf8')), 0),
  });
  return [
    count('The steps of a journey', `${BORDERS}/`, [`${BORDERS}/*.rs`]),
    count('Regions, borders, departures and travellers', 'spike/world/src/core/', CORE),
    count('The relay', `${RELAY}/`, [`${RELAY}/*.ts`]),
    count('The whole module, to compare', 'spike/world/src/', ['spike/world/src/**/*.rs']),
  ];
}

/** Lines of a Rust or TypeScript file that are code. The unit tests of a Rust file are at its end. */
export function linesOf(text: string): number {
  const [code = ''] = text.split(/^#\[cfg\(test\)\]$/m);
  return code
    .replaceAll(/^\s*\/\*[\s\S]*?\*\//gm, '')
    .split('\n')
    .filter((line) => !/^\s*(?:\/\/.*)?$/.test(line)).length;
}
