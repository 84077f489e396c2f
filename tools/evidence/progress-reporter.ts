import { basename } from 'node:path';
import type { FullConfig, Reporter, Suite, TestCase, TestError, TestResult } from 'playwright/types/testReporter';
import { parseEvidence } from '../../claims/evidence.ts';
import { ATTACHMENT } from '../../claims/harness/claim.ts';
import { verdictOf } from './change.ts';
import { about, secondsOf } from './estimate.ts';
import { lastEvidence } from './last-evidence.ts';

/** Prints which claim is being measured, how long it and the rest will take, and what was found. */
export default class ProgressReporter implements Reporter {
  readonly #say: (line: string) => void;
  readonly #root: string;
  #seconds = new Map<string, number>();
  #begun = 0;

  constructor({ say = console.log, root = '.' }: { say?: (line: string) => void; root?: string } = {}) {
    this.#say = say;
    this.#root = root;
  }

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#seconds = secondsOf(suite.allTests().map(claimOf), (claim) => lastEvidence(this.#root, claim));
  }

  onTestBegin(test: TestCase): void {
    const ahead = [...this.#seconds.values()].slice(this.#begun);
    const left = ahead.reduce((sum, seconds) => sum + seconds, 0);
    const rest = ahead.length > 1 ? `; ${about(left)} until all are done` : '';
    this.#begun += 1;
    this.#say(`[${this.#begun}/${this.#seconds.size}] ${claimOf(test)}: ${about(ahead[0] ?? 0)}${rest}`);
  }

  onTestEnd(_test: TestCase, { attachments, duration, errors, status }: TestResult): void {
    if (status === 'interrupted') return this.#say('      interrupted');
    const body = attachments.find(({ name }) => name === ATTACHMENT)?.body;
    const found = body ? verdictOf(parseEvidence(body.toString())) : 'no evidence';
    this.#say(`      ${found} (${Math.round(duration / 1_000)} s)`);
    for (const error of errors) this.onError(error);
  }

  onError({ message = '' }: TestError): void {
    this.#say(message.replaceAll(/^/gm, '      '));
  }

  onStdOut(chunk: string | Buffer): void {
    process.stdout.write(chunk);
  }

  onStdErr(chunk: string | Buffer): void {
    process.stderr.write(chunk);
  }
}

function claimOf(test: TestCase): string {
  const [, , file = ''] = test.titlePath();
  return basename(file, '.claim.ts');
}
