import { spawn, type ChildProcess } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOCAL_SCHEMA } from './local-grammar.ts';
import type { LocalReply, LocalRequest } from './local-process.ts';
import { UnavailableError } from './mind.ts';

const PROCESS = fileURLToPath(new URL('local-process.ts', import.meta.url));
/** The clock of the world goes first: the model gets what is left of the processor. */
const NICENESS = '19';
const LONGEST_REASON = 300;

export interface LocalAnswer {
  text: string;
  /** It reached the longest answer. */
  isCutOff: boolean;
}

interface Waiting {
  resolve: (answer: LocalAnswer) => void;
  reject: (error: Error) => void;
}

/** A loaded model in its process, which answers one question after the other. */
export class ModelProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /**
   * Starts the process and loads the model: seconds for a small one.
   * @param runtime the folder with node-llama-cpp in its `node_modules`
   * @param end ends the process at once, even in the middle of a thought
   * @throws UnavailableError when the file cannot be loaded
   */
  static async start(runtime: string, modelFile: string, end: AbortSignal): Promise<ModelProcess> {
    const node = [process.execPath, '--no-warnings', PROCESS, runtime, modelFile];
    const child = spawn('nice', ['-n', NICENESS, ...node], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      signal: end,
      killSignal: 'SIGKILL',
    });
    const model = new ModelProcess(child);
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-LONGEST_REASON)));
    const unusable = await new Promise<string | undefined>((resolve) => {
      child.on('error', (error) => resolve(error.message));
      child.on('exit', (code, signal) => {
        resolve(`its process ended with ${signal ?? `exit code ${code}`} ${errors.trim()}`.trim());
        model.#fail(signal ?? `exit code ${code}`);
      });
      child.on('message', (reply: LocalReply) => {
        if (reply.kind === 'ready') resolve(undefined);
        else if (reply.kind === 'unusable') resolve(`${reply.reason} ${errors.trim()}`.trim());
        else model.#settle(reply);
      });
      model.#send({ kind: 'load', schema: LOCAL_SCHEMA });
    });
    if (unusable === undefined) return model;
    child.kill('SIGKILL');
    throw new UnavailableError(
      `${basename(modelFile)} cannot be loaded as a model: ${unusable.replaceAll(/\s+/g, ' ')}`,
    );
  }

  get isRunning(): boolean {
    return this.#child.connected;
  }

  /** The process itself, e.g. to measure it. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** @throws Error when the model fails, UnavailableError when its process ends, and the signal's reason when it aborts */
  ask(system: string, user: string, signal: AbortSignal): Promise<LocalAnswer> {
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<LocalAnswer>();
    const abort = () => {
      this.#send({ kind: 'abort', id });
      this.#waiting.delete(id);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
    this.#waiting.set(id, { resolve, reject });
    if (!this.isRunning) this.#fail('no answer');
    this.#send({ kind: 'think', id, system, user });
    return promise.finally(() => signal.removeEventListener('abort', abort));
  }

  #send(request: LocalRequest): void {
    // A process that has ended fails its open questions in its `exit` event.
    if (this.#child.connected) this.#child.send(request, () => {});
  }

  #settle(reply: Extract<LocalReply, { id: number }>): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.kind === 'answer') waiting?.resolve(reply);
    else waiting?.reject(new Error(reply.reason));
  }

  #fail(how: string): void {
    for (const { reject } of this.#waiting.values())
      reject(new UnavailableError(`the model's process ended with ${how}`));
    this.#waiting.clear();
  }
}
