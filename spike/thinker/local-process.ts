/**
 * A model in a process of its own: a crash of the native code ends only this process, and so does its end in the middle
 * of a thought. Runs without a loader: `node local-process.ts RUNTIME MODEL`. It speaks over the IPC channel.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** To this process. The schema is of the answer, in JSON Schema as node-llama-cpp knows it. */
export type LocalRequest =
  | { kind: 'load'; schema: object }
  | { kind: 'think'; id: number; system: string; user: string }
  | { kind: 'abort'; id: number };

/** From this process. */
export type LocalReply =
  | { kind: 'ready' }
  | { kind: 'unusable'; reason: string }
  | { kind: 'answer'; id: number; text: string; isCutOff: boolean }
  | { kind: 'failed'; id: number; reason: string };

/** The part of node-llama-cpp that is used here. It is installed at run time, so its own types are not at hand. */
interface Library {
  getLlama: (options: object) => Promise<{
    loadModel(options: { modelPath: string }): Promise<{
      createContext(options: object): Promise<{ getSequence(): object }>;
    }>;
    createGrammarForJsonSchema(schema: object): Promise<object>;
  }>;
  LlamaChatSession: new (options: { contextSequence: object }) => {
    setChatHistory(history: { type: 'system'; text: string }[]): void;
    promptWithMeta(prompt: string, options: object): Promise<{ responseText: string; stopReason: string }>;
  };
}

/** In tokens: the longest prompt and the longest answer fit, and a large model still fits into memory. */
const CONTEXT_SIZE = 4_096;
const LONGEST_ANSWER = 400;
const TEMPERATURE = 0.8;

type Ask = (request: Extract<LocalRequest, { kind: 'think' }>, signal: AbortSignal) => Promise<LocalReply>;

const [, , runtime = '', modelPath = ''] = process.argv;
const aborts = new Map<number, AbortController>();
let ask: Ask | undefined;
let turn = Promise.resolve();

function reply(message: LocalReply): void {
  if (process.connected) process.send?.(message);
}

async function load(schema: object): Promise<Ask> {
  const library = join(runtime, 'node_modules/node-llama-cpp/dist/index.js');
  const { getLlama, LlamaChatSession } = (await import(pathToFileURL(library).href)) as Library;
  // One thread: the clock of the world shares the processor.
  const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, maxThreads: 1, logLevel: 'error' });
  const model = await llama.loadModel({ modelPath });
  const context = await model.createContext({ contextSize: { max: CONTEXT_SIZE }, threads: 1 });
  const grammar = await llama.createGrammarForJsonSchema(schema);
  const session = new LlamaChatSession({ contextSequence: context.getSequence() });
  return async ({ id, system, user }, signal) => {
    // A thought knows nothing of the one before. The rules stay evaluated, because every thought begins with them.
    session.setChatHistory([{ type: 'system', text: system }]);
    const options = { grammar, maxTokens: LONGEST_ANSWER, temperature: TEMPERATURE, signal };
    const { responseText, stopReason } = await session.promptWithMeta(user, options);
    return { kind: 'answer', id, text: responseText, isCutOff: stopReason === 'maxTokens' };
  };
}

/** One after the other: they share one sequence of tokens, and one that was aborted may still be ending. */
function enqueue(request: Extract<LocalRequest, { kind: 'think' }>): void {
  const abort = new AbortController();
  aborts.set(request.id, abort);
  turn = turn.then(() => think(request, abort.signal));
}

async function think(request: Extract<LocalRequest, { kind: 'think' }>, signal: AbortSignal): Promise<void> {
  try {
    signal.throwIfAborted();
    if (!ask) throw new Error('the model is not loaded');
    reply(await ask(request, signal));
  } catch (error) {
    reply({ kind: 'failed', id: request.id, reason: reasonOf(error) });
  } finally {
    aborts.delete(request.id);
  }
}

async function receive(request: LocalRequest): Promise<void> {
  if (request.kind === 'abort') return aborts.get(request.id)?.abort();
  if (request.kind === 'think') return enqueue(request);
  try {
    ask = await load(request.schema);
    reply({ kind: 'ready' });
  } catch (error) {
    reply({ kind: 'unusable', reason: reasonOf(error) });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// Ctrl-C in a terminal reaches this process too. Its parent decides when it ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (request: LocalRequest) => void receive(request));
