import { expect, test, type TestInfo } from 'playwright/test';
import { generated, SCHEMA, type Evidence, type Run } from '../evidence.ts';
import { COMMON_SOURCES, hashExperiment, hashSources, specOf } from '../sources.ts';
import { idlePulse, startHeartbeat } from './heartbeat.ts';
import { verdictOf, type Findings } from './judge.ts';
import { Lab } from './lab.ts';
import { load, mode, provenanceOf, stamp } from './provenance.ts';

const ROOT = process.cwd();
const TIMEOUT_MS = { quick: 3 * 60_000, full: 10 * 60_000 };
/** How long the machine is watched before and after the experiment. */
const IDLE_MS = { quick: 1_000, full: 3_000 };
/** The first world of a machine compiles the module. */
const BUILD_MS = 10 * 60_000;

/** The name under which a test hands its evidence to the reporter. */
export const ATTACHMENT = 'evidence';

export interface Experiment extends Pick<Run, 'kind' | 'why' | 'method' | 'control'> {
  /** Globs of further sources that the claim depends on, beside the world, the host and the harness. */
  dependsOn?: string[];
  run(lab: Lab, scale: Scale): Promise<Findings>;
}

/** Thrown by an experiment that this machine does not let happen; the claim then says so, and is not red. */
export class NotMeasured extends Error {}

/** How much to measure: quick shows that the experiment works, full is for the record. */
export class Scale {
  readonly rounds = this.of(2, 3);

  of<T>(quick: T, full: T): T {
    return mode === 'full' ? full : quick;
  }

  /** Runs a round as often as the scale says; A and B inside it are interleaved by that. */
  async each<T>(round: () => Promise<T>): Promise<T[]> {
    const results: T[] = [];
    for (let done = 0; done < this.rounds; done++) results.push(await round());
    return results;
  }
}

/**
 * A claim with its experiment. It gets a host of its own; what it finds becomes `evidence/<id>.json` in a full run.
 * The statement is not here: it is the sentence of a record that ends in the link to that file.
 */
export function claim(id: string, experiment: Experiment): void {
  test(id, async ({}, info) => {
    test.setTimeout(TIMEOUT_MS[mode] + BUILD_MS);
    const { kind, why, method, control, dependsOn = [] } = experiment;
    const patterns = [...COMMON_SOURCES, specOf(id), ...dependsOn];
    const sha256 = hashSources(ROOT, patterns);
    const stamped = await stamp();
    const before = await idlePulse(IDLE_MS[mode]);
    const lab = await Lab.open();
    const startedAt = new Date();
    const loadBefore = load();
    const heartbeat = startHeartbeat();
    const found = await experiment
      .run(lab, new Scale())
      .catch(orNotMeasured)
      .finally(() => lab.close());
    const pulse = await heartbeat.stop();
    const idle = { before, after: await idlePulse(IDLE_MS[mode]) };
    if (found instanceof NotMeasured) return hand(info, notMeasured(id, found.message, lab.host.version));
    if (hashSources(ROOT, patterns) !== sha256)
      throw new Error('what is measured was changed meanwhile; leave it alone and measure again');
    const evidence: Evidence = {
      schema: SCHEMA,
      generated,
      claim: id,
      set: 'core',
      ...verdictOf(found, Object.values(idle), kind),
      headline: found.headline,
      kind,
      why,
      method,
      control,
      checks: found.checks,
      distributions: found.distributions ?? [],
      tallies: found.tallies ?? [],
      provenance: provenanceOf(id, { stamped, host: lab.host.version, startedAt, loadBefore, pulse, idle }),
      experiment: hashExperiment(ROOT, id),
      sources: { sha256, patterns },
    };
    await hand(info, evidence);
    expect(evidence.verdict, evidence.reason).not.toBe('fails');
  });
}

/** A claim whose proof is still to come: it is known, listed, and shown as not measured. */
export function planned(id: string, reason: string): void {
  test(`${id} (planned)`, async ({}, info) => hand(info, notMeasured(id, reason)));
}

/** @param host that it was tried on; without one the experiment is still to be written */
function notMeasured(claim: string, reason: string, host?: string): Evidence {
  const because = host ? { because: 'machine' as const, host } : { because: 'planned' as const };
  return { schema: SCHEMA, generated, claim, verdict: 'not measured', reason, ...because };
}

function hand(info: TestInfo, evidence: Evidence): Promise<void> {
  return info.attach(ATTACHMENT, { body: JSON.stringify(evidence), contentType: 'application/json' });
}

function orNotMeasured(error: unknown): NotMeasured {
  if (error instanceof NotMeasured) return error;
  throw error;
}
