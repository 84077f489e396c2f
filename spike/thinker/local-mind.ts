import { basename } from 'node:path';
import type { Action } from '../client/bindings/index.ts';
import { readAnswer } from './answer.ts';
import { checkModelFile, findModel as packagedModel, SMOLLM2 } from './local-model.ts';
import { ModelProcess } from './local-model-process.ts';
import { findRuntime as packagedRuntime } from './local-runtime.ts';
import { MindError, type Context, type Mind } from './mind.ts';
import { promptOf } from './prompt.ts';

type Find = (say: (line: string) => void) => Promise<string>;

export interface LocalParts {
  /** The file of the model that is used when none is named. */
  findModel: Find;
  /** The folder with the runtime. */
  findRuntime: Find;
  /** Receives every text that the model wrote, before it is read. */
  onText: (text: string) => void;
}

const PARTS: LocalParts = { findModel: packagedModel, findRuntime: packagedRuntime, onText: () => {} };

/**
 * A mind that runs a small model on this machine, one thought at a time on one thread. Its runtime and, unless a file is
 * named, its model are installed on first use.
 * @param modelFile in the GGUF format
 * @param parts where the model and the runtime come from, and who else reads what the model wrote
 */
export function localMind(modelFile?: string, parts: Partial<LocalParts> = {}): Mind {
  const { findModel, findRuntime, onText } = { ...PARTS, ...parts };
  let model: Promise<ModelProcess> | undefined;
  let turn = Promise.resolve();
  const end = new AbortController();

  async function start(say: (line: string) => void): Promise<ModelProcess> {
    if (modelFile) checkModelFile(modelFile);
    const file = modelFile ?? (await findModel(say));
    const runtime = await findRuntime(say);
    return ModelProcess.start(runtime, file, end.signal);
  }

  /** Starts the process again if it has ended, as after a crash. */
  async function running(say: (line: string) => void): Promise<ModelProcess> {
    const last = await model?.catch(() => undefined);
    if (last?.isRunning) return last;
    return (model = start(say));
  }

  async function think(context: Context, signal: AbortSignal): Promise<Action> {
    signal.throwIfAborted();
    const process = await running(() => {});
    const [system, user] = promptOf(context).map(({ content }) => content);
    const { text, isCutOff } = await process.ask(system ?? '', user ?? '', signal);
    onText(text);
    if (isCutOff) throw new MindError('the answer was cut off before its end');
    return readAnswer(text);
  }

  return {
    name: `${basename(modelFile ?? SMOLLM2.file, '.gguf')} on this machine`,
    async prepare(say) {
      await running(say);
    },
    close() {
      end.abort();
      return Promise.resolve();
    },
    think(context, signal) {
      const thought = turn.then(() => think(context, signal));
      turn = thought.then(
        () => {},
        () => {},
      );
      return thought;
    },
  };
}
