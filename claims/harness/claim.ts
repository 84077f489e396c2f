import { expect, test, type TestInfo } from 'playwright/test';
import type { Check } from '../check.ts';
import type { Condition } from '../condition.ts';
import { generated, SCHEMA, type Evidence, type Run } from '../evidence.ts';
import type { Exchange } from '../transcript.ts';
import { number } from '../number.ts';
import { COMMON_SOURCES, hashExperiment, hashSources, specOf } from '../sources.ts';
import { ArmOf } from './arm.ts';
import type { Definitions } from './figures.ts';
import { idlePulse, startHeartbeat } from './heartbeat.ts';
import { FEWEST_SAMPLES, verdictOf, type Findings } from './judge.ts';
import { Lab } from './lab.ts';
import { NotMeasured } from './not-measured.ts';
import { load, mode, provenanceOf, stamp } from './provenance.ts';
import { Scale } from './scale.ts';

const ROOT = process.cwd();
/** The first world of a machine compiles the module. */
const BUILD_MS = 10 * 60_000;
/** How long the machine is watched before and after the experiment, while nothing of it runs. */
const IDLE_MS = { quick: 300, full: 2_000 };

/** The name under which a test hands its evidence to the reporter. */
export const ATTACHMENT = 'evidence';

/** The same figures in each part of the experiment. */
export interface Arms<D extends Definitions> {
  subject: ArmOf<D>['figures'];
  baseline: ArmOf<D>['figures'];
  control: ArmOf<D>['figures'];
}

/** What `run` gets: the world, how much to measure, and where what it finds goes. */
export interface Bench<D extends Definitions> extends Arms<D> {
  lab: Lab;
  scale: Scale;
  /** Counts outcomes under a label, for the page. */
  tally: (arm: keyof Arms<D>, label: string, outcomes: Record<string, number>) => void;
  /** Publishes figures without a limit, measured under one of several conditions. */
  under: (condition: Condition) => void;
  /** Shows examples in words on the page. */
  transcribe: (exchanges: Exchange[]) => void;
}

export interface Experiment<D extends Definitions> extends Pick<Run, 'kind' | 'why' | 'method' | 'control'> {
  /** `npm run evidence -- --set NAME` measures the claims of one set. */
  set?: string;
  /** The longest that the experiment may take, without the time to compile the module. */
  minutes: { quick: number; full: number };
  /** Rounds of a quick run: 2 without it. One is enough where a round is long and leaves nothing to the next. */
  quickRounds?: 1;
  /** Globs of the files that it starts as processes; their imports count as sources too. */
  starts?: string[];
  /** Globs of the files that it reads. */
  reads?: string[];
  /** What is counted. The key is the name that a citation points at. */
  figures: D;
  /** What the limits are; the first one is the headline. */
  limits(arms: Arms<D>, scale: Scale): Check[];
  /** The few words on the chip. Without it they are made from the first limit. */
  headline?(arms: Arms<D>, scale: Scale): string;
  /** What was done, and what was broken. */
  run(bench: Bench<D>): Promise<void>;
}

/**
 * A claim with its experiment. It gets a host of its own; what it finds becomes `evidence/<id>.json` in a full run.
 * The statement is not here: it is the sentence of a record that ends in the link to that file.
 */
export function claim<D extends Definitions>(id: string, experiment: Experiment<D>): void {
  test(id, { tag: `@${experiment.kind}` }, async ({}, info) => {
    test.setTimeout(experiment.minutes[mode] * 60_000 + BUILD_MS);
    const { kind, why, method, control, set = 'core', starts = [], reads = [] } = experiment;
    const patterns = [...COMMON_SOURCES, specOf(id), ...starts, ...reads];
    const sha256 = hashSources(ROOT, patterns);
    const stamped = await stamp(ROOT);
    // Load decides nothing about what was only checked.
    const idleMs = IDLE_MS[kind === 'checked' ? 'quick' : mode];
    const before = await idlePulse(idleMs);
    const startedAt = new Date();
    const loadBefore = load();
    const lab = await Lab.open();
    const heartbeat = startHeartbeat();
    const found = await measure(experiment, lab)
      .catch(orNotMeasured)
      .finally(() => lab.close());
    const pulse = await heartbeat.stop();
    const idle = { before, after: await idlePulse(idleMs) };
    if (found instanceof NotMeasured) return hand(info, notMeasured(id, found.message, lab.host.version));
    if (hashSources(ROOT, patterns) !== sha256)
      throw new Error('the sources of this claim changed while it was measured: leave them alone and measure again');
    const evidence: Evidence = {
      schema: SCHEMA,
      generated,
      claim: id,
      set,
      ...verdictOf(found, Object.values(idle), kind),
      headline: found.headline,
      kind,
      why,
      method,
      control,
      checks: found.checks,
      distributions: found.distributions,
      tallies: found.tallies,
      ...(found.conditions.length > 0 && { conditions: found.conditions }),
      ...(found.transcript.length > 0 && { transcript: found.transcript }),
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

/** Runs an experiment and applies its limits to what it counted. */
export async function measure<D extends Definitions>(experiment: Experiment<D>, lab: Lab): Promise<Findings> {
  const open = {
    subject: new ArmOf('subject', experiment.figures),
    baseline: new ArmOf('baseline', experiment.figures),
    control: new ArmOf('control', experiment.figures),
  };
  const all = Object.values(open);
  const figures = all.flatMap((arm) => arm.all);
  const scale = new Scale(() => figures.forEach((figure) => figure.begin()), experiment.quickRounds);
  const arms = { subject: open.subject.figures, baseline: open.baseline.figures, control: open.control.figures };
  const conditions: Condition[] = [];
  const transcript: Exchange[] = [];
  await experiment.run({
    ...arms,
    lab,
    scale,
    tally: (arm, label, outcomes) => open[arm].tally(label, outcomes),
    under: (condition) => void conditions.push(condition),
    transcribe: (exchanges) => void transcript.push(...exchanges),
  });
  const checks = experiment.limits(arms, scale);
  return {
    headline: experiment.headline?.(arms, scale) ?? headlineOf(checks[0]),
    checks,
    // A control has its own limits; a curve of a few values would only mislead.
    distributions: figures
      .flatMap((figure) => figure.distribution ?? [])
      .filter(({ arm, n }) => arm !== 'control' || n >= FEWEST_SAMPLES),
    tallies: all.flatMap((arm) => arm.tallies),
    conditions,
    transcript,
  };
}

/** What a quantile says to somebody who has never read one. */
const QUANTILES: Record<string, string> = {
  p50: 'half within',
  p90: '9 of 10 within',
  p99: '99 of 100 within',
  max: 'at worst',
};

/** `99 of 100 within 4.3 ms; limit 10 ms`. */
function headlineOf(check: Check | undefined): string {
  if (!check) throw new Error('the experiment has no limits: return at least one from `limits`');
  const [, quantile = ''] = /\.(p\d+|max)$/.exec(check.name) ?? [];
  return `${QUANTILES[quantile] ?? ''} ${number(check.value)} ${check.unit}; limit ${number(check.limit)} ${check.unit}`.trim();
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
