import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { buildModule } from '../../spike/host/module.ts';
import { PINNED_SDK } from '../../spike/host/pin.ts';
import type { Provenance, Pulse } from '../provenance.ts';
import { checkoutAt, knownCheckout } from './checkout.ts';
import { round } from './statistics.ts';

export type Mode = Provenance['mode'];

/** `SPELLKAVE_MODE=full` measures for the record; anything else is quick. */
export const mode: Mode = process.env['SPELLKAVE_MODE'] === 'full' ? 'full' : 'quick';

export const load = (): number => round(loadavg()[0] ?? 0);

/**
 * What is about to be measured. Taken before a run, since somebody may change it meanwhile.
 * @param root of the checkout; a quick run does without a commit
 * @throws Error when a full run cannot name its commit
 */
export async function stamp(root: string): Promise<Pick<Provenance, 'modules' | 'commit' | 'dirty'>> {
  const { commit, dirty } = mode === 'full' ? knownCheckout(root) : checkoutAt(root);
  const [production, lab] = [await buildModule('production', console.log), await buildModule('lab', console.log)];
  return {
    modules: { production: production.sha256, lab: lab.sha256 },
    commit,
    dirty,
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
