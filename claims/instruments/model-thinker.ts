import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Account } from '../../spike/host/api.ts';
import { findModel, hasModel } from '../../spike/thinker/local-model.ts';
import { findRuntime, hasRuntime } from '../../spike/thinker/local-runtime.ts';
import type { Lab } from '../harness/lab.ts';
import { NotMeasured } from '../harness/not-measured.ts';
import { mode } from '../harness/provenance.ts';
import type { Message } from './model-thinker-process.ts';

const PROCESS = fileURLToPath(new URL('model-thinker-process.ts', import.meta.url));

export type ModelThought = Extract<Message, { kind: 'thought' }>;

/**
 * Makes sure that there is a model. Only a full run downloads one.
 * @throws NotMeasured with the reason why there is none
 */
export async function needModel(): Promise<void> {
  try {
    if (mode === 'full') {
      await findModel(console.log);
      await findRuntime(console.log);
    } else if (!hasModel() || !hasRuntime()) {
      throw new Error('no model is cached, and only `npm run evidence -- real-model` or `--mind local` downloads one');
    }
  } catch (error) {
    throw new NotMeasured((error as Error).message.replaceAll(/\s+/g, ' '), { cause: error });
  }
}

export interface ModelThinker {
  /** Everything that it thought so far, in order. */
  readonly thoughts: readonly ModelThought[];
  /** Gives open leases back, and ends the process and its model. */
  stop(): Promise<void>;
}

/** Starts a thinker with the model in a process of its own, and waits until the model is loaded and connected. */
export async function startModelThinker(lab: Lab, account: Account): Promise<ModelThinker> {
  const child = spawn(process.execPath, ['--import', 'tsx', PROCESS, lab.host.url, lab.database], {
    env: { ...process.env, SPELLKAVE_TOKEN: account.token },
    stdio: ['pipe', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const thoughts: ModelThought[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    void ended.then(([code]) => reject(new Error(`the thinker with the model ended by itself: ${String(code)}`)));
    child.on('message', (message: Message) => {
      if (message.kind === 'ready') resolve();
      else thoughts.push(message);
    });
  });
  await ready;
  return {
    thoughts,
    async stop() {
      child.stdin?.end();
      await ended;
    },
  };
}
