/**
 * A thinker with the small model of `--mind local`, one thought at a time: `node model-thinker-process.ts URL DATABASE`.
 * It sends a message for each thought, because the SDK prints to the console, and ends when its input does.
 */
import { memoryTokens } from '../../spike/client/token-store.ts';
import { localMind } from '../../spike/thinker/local-mind.ts';
import type { Context, Mind } from '../../spike/thinker/mind.ts';
import { startThinker } from '../../spike/thinker/thinker.ts';

/** A message of this process to its parent. */
export type Message =
  | { kind: 'ready' }
  | {
      kind: 'thought';
      context: Context;
      /** What the model wrote; absent when it wrote nothing. */
      text?: string;
      /** What the thinker said of it: what the agent does, or why it failed. */
      outcome: string;
      isApplied: boolean;
      milliseconds: number;
    };

/** As `npm run think` has it. */
const TIMEOUT_MS = 90_000;
const [url = '', database = ''] = process.argv.slice(2);

/** The thought whose end the next line of the log tells: there is only one at a time. */
let current: { context: Context; text?: string } | undefined;

const model = localMind(undefined, { onText: (text) => void (current &&= { ...current, text }) });
const mind: Mind = {
  name: model.name,
  think(context, ...rest) {
    current = { context };
    return model.think(context, ...rest);
  },
};

function send(message: Message): void {
  process.send?.(message);
}

function log(line: string): void {
  const [, told = '', ms] = /\(request \d+\) (.*), (\d+) ms$/s.exec(line) ?? [];
  if (!current || !told) return;
  const [, failure] = /^failed: (.*)$/s.exec(told) ?? [];
  const { context, text } = current;
  current = undefined;
  const words = text === undefined ? {} : { text };
  send({
    kind: 'thought',
    context,
    ...words,
    outcome: failure ?? told,
    isApplied: !failure,
    milliseconds: Number(ms),
  });
}

await model.prepare?.(() => {});
const thinker = startThinker({
  url,
  database,
  tokens: memoryTokens(process.env['SPELLKAVE_TOKEN']),
  mind,
  concurrency: 1,
  timeoutMs: TIMEOUT_MS,
  log,
});
await thinker.link.firstLive;
send({ kind: 'ready' });

async function end(): Promise<void> {
  await thinker.stop();
  await model.close?.();
  process.exit();
}
process.stdin.on('close', () => void end()).resume();
