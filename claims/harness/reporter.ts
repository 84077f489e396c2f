import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FullResult, Reporter, TestCase, TestResult } from 'playwright/types/testReporter';
import { PINNED_HOST } from '../../spike/host/pin.ts';
import { parseEvidence, SCHEMA, type Evidence, type Run } from '../evidence.ts';
import { appendHistory } from '../history.ts';
import { ATTACHMENT } from './claim.ts';
import { mode } from './provenance.ts';

/** `npm run evidence -- --mine` names another folder, so that the committed files stay as they are. */
const FOLDER = mode === 'full' ? (process.env['SPELLKAVE_EVIDENCE'] ?? 'evidence') : 'test-results/evidence';
const SPEC = /^(?<claim>[a-z0-9-]+)\.claim\.ts$/;
const PROJECTS = ['claims', 'claims-checked'];

/**
 * Writes what the claims found. Playwright swallows the errors of a reporter, so this one keeps its own and turns the
 * run red with them at the end.
 */
export default class EvidenceReporter implements Reporter {
  readonly #faults: string[] = [];
  readonly #written: string[] = [];
  readonly #folder: string;

  constructor({ folder = FOLDER }: { folder?: string } = {}) {
    this.#folder = folder;
  }

  printsToStdio(): boolean {
    return false;
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    // A test is located where the harness calls `test`; the spec is the file that its title path names.
    const [, project, file = ''] = test.titlePath();
    if (!PROJECTS.includes(project ?? '') || result.status === 'interrupted') return;
    try {
      this.#write(basename(file), result);
    } catch (error) {
      this.#faults.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  onEnd(result: FullResult): Promise<{ status?: FullResult['status'] }> {
    if (this.#written.length > 0) console.log(`${this.#written.length} evidence files written to ${this.#folder}/`);
    if (this.#faults.length === 0) return Promise.resolve({ status: result.status });
    console.error(`Evidence is missing or wrong:\n${this.#faults.map((fault) => `  ${fault}`).join('\n')}`);
    return Promise.resolve({ status: 'failed' });
  }

  #write(file: string, result: TestResult): void {
    const claim = SPEC.exec(file)?.groups?.['claim'];
    if (!claim) throw new Error('the file is not named <claim>.claim.ts');
    const body = result.attachments.find(({ name }) => name === ATTACHMENT)?.body;
    if (!body) throw new Error('the run left no evidence');
    const evidence = parseEvidence(body.toString());
    if (evidence.schema !== SCHEMA) throw new Error(`the run left evidence of schema ${evidence.schema}`);
    if (evidence.claim !== claim) throw new Error(`the spec measures the claim "${evidence.claim}"`);
    const folder = join(this.#folder, hostFolder(evidence));
    const path = join(folder, `${claim}.json`);
    if (evidence.verdict === 'not measured' && evidence.because === 'machine' && isRun(path)) {
      console.log(`${claim}: not measured (${evidence.reason}); what another machine found stays`);
      return;
    }
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, layOut(evidence));
    if (isForTheRecord(evidence)) appendHistory(this.#folder, evidence);
    this.#written.push(claim);
  }
}

/** Evidence of the pinned host belongs to the record; that of another host has a folder named after its version. */
function hostFolder(evidence: Evidence): string {
  const host = evidence.verdict === 'not measured' ? evidence.host : evidence.provenance.host;
  return host && host !== PINNED_HOST ? join('hosts', host) : '';
}

/** Whether a file holds what a run found. */
function isRun(path: string): boolean {
  if (!existsSync(path)) return false;
  return parseEvidence(readFileSync(path, 'utf8')).verdict !== 'not measured';
}

/** A full run on the pinned host; quick runs and other hosts have no history. */
function isForTheRecord(evidence: Evidence): evidence is Run {
  if (evidence.verdict === 'not measured') return false;
  return evidence.provenance.mode === 'full' && evidence.provenance.host === PINNED_HOST;
}

/** Indented for people, but with each array of numbers on one line: a diff shows figures, not a ladder of quantiles. */
export function layOut(evidence: Evidence): string {
  const text = JSON.stringify(evidence, null, 2);
  return `${text.replace(/\[\s+(-?[\d.e+-]+(?:,\s+-?[\d.e+-]+)*)\s+\]/g, (_, numbers: string) => `[${numbers.replace(/\s+/g, ' ')}]`)}\n`;
}
