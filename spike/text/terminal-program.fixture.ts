import { join } from 'node:path';
import { startScript, type Program } from '../program.fixture.ts';
import type { Border } from '../relay/border.fixture.ts';

export interface Terminal extends Program {
  type(...lines: string[]): void;
  end(): Promise<number | null>;
}

/** The text client in a world of several regions, reading from a pipe. */
export function play(regions: string[], name: string, folder: string, ...options: string[]): Terminal {
  const where = regions.flatMap((region) => ['--region', region]);
  const who = ['--name', name, '--token-file', join(folder, `${name}.json`)];
  const program = startScript('spike/text/main.ts', [...where, ...who, ...options]);
  return {
    ...program,
    type: (...lines) => void program.child.stdin.write(`${lines.join('\n')}\n`),
    end() {
      program.child.stdin.end();
      return program.ended;
    },
  };
}

/** The addresses of both sides of a border, for `play`. */
export const regionsOf = ({ north, south }: Border, url: string) =>
  [north, south].map(({ database }) => `${url}/${database}`);
