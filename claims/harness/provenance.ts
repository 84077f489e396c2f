import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { buildModule } from '../../spike/host/module.ts';
import { PINNED_SDK } from '../../spike/host/pin.ts';
import type { Provenance, Pulse } from '../evidence.ts';
import { round } from './statistics.ts';

export type Mode = Provenance['mode'];

/** `SPELLKAVE_MODE=full` measures for the record; anything else is quick. */
export const mode: Mode = process.env['SPELLKAVE_MODE'] === 'full' ? 'full' : 'quick';

export const load = (): number => round(loadavg()[0] ?? 0);

/** What is about to be measured. Taken before a run, since somebody may change it meanwhile. */
export async function stamp(): Promise<Pick<Provenance, 'modules' | 'commit' | 'dirty'>> {
  const [production, lab] = [await buildModule('production', console.log), await buildModule('lab', console.log)];
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  return {
    modules: { production: production.sha256, lab: lab.sha256 },
    commit: git('rev-parse', 'HEAD'),
    dirty: git('status', '--porcelain', '--', '.', ':!evidence') !== '',
  };
}

/** Everything that a figure depends on and its reader may want to doubt. */
export function provenanceOf(
  claim: string,
  run: {
    stamped: Awaited<ReturnType<typeof stamp>>;
    host: string;
    startedAt: Date;
    loadBefore: number;
    pulse: Pulse;
    idle: { before: Pulse; after: Pulse };
  },
): Provenance {
  return {
    host: run.host,
    sdk: PINNED_SDK,
    ...run.stamped,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    os: `${type()} ${release()}`,
    node: process.versions.node,
    load: {
      before: run.loadBefore,
      after: load(),
      heartbeatP99Ms: run.pulse.p99Ms,
      heartbeatMaxMs: run.pulse.maxMs,
      idle: run.idle,
    },
    startedAt: run.startedAt.toISOString(),
    seconds: Math.round((Date.now() - run.startedAt.getTime()) / 1_000),
    mode,
    command: `npm run evidence -- ${claim}`,
  };
}
