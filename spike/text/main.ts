import { Console } from 'node:console';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onClosedOutput } from '../client/closed-output.ts';
import { plainLines } from '../client/plain-text.ts';
import { regionText } from '../client/region-address.ts';
import { fileTokens } from '../client/token-file.ts';
import { worldKey } from '../client/world-key.ts';
import { privateFile, privateFolder } from '../private.ts';
import { until } from '../until.ts';
import { Conversation, type LineKind } from './conversation.ts';
import { HELP, readOptions, type Options } from './options.ts';
import { sharedTokens } from './shared-tokens.ts';
import { Screen, type Style } from './terminal/screen.ts';

const FOLDER = '.spellkave/players';
const HISTORY = join(FOLDER, 'history');
const SDK_LOG = join(FOLDER, 'sdk.log');
const UNREACHED_MS = 5_000;
const STYLES: Record<LineKind, Style | undefined> = {
  speech: 'cyan',
  news: 'yellow',
  faint: 'dim',
  own: undefined,
  error: 'red',
  good: 'green',
};

async function main(options: Options): Promise<void> {
  onClosedOutput(() => process.exit(0));
  privateFolder(FOLDER);
  for (const file of [HISTORY, SDK_LOG]) privateFile(file);
  // The SDK prints to the console, which would garble the player's screen.
  globalThis.console = new Console(createWriteStream(SDK_LOG, { flags: 'a' }));
  let conversation: Conversation | undefined;
  const screen = new Screen({
    complete: (line) => conversation?.complete(line).fitting ?? [],
    history: readHistory(),
    interrupt: () => process.exit(0),
  });
  screen.onHistory((history) => writeFileSync(HISTORY, JSON.stringify(history)));
  try {
    const name = options.name ?? (screen.isTerminal ? await screen.question('What are you called? ') : undefined);
    if (!name) throw new Error('Who are you? Give your name with --name NAME.');
    conversation = conversationOf(options, name, screen);
    await enter(conversation, options, screen);
    await play(conversation, screen, options);
    const { player } = conversation;
    // A terminal shows each answer when it comes. A pipe has to be kept open for them.
    if (!screen.isTerminal) await until(() => player.openQuestions <= 0, options.waitMs);
  } finally {
    conversation?.close();
    screen.close();
  }
}

function conversationOf({ regions, tokenFile }: Options, name: string, screen: Screen): Conversation {
  const file = tokenFile ?? join(FOLDER, `${name.normalize('NFC').replaceAll(/[^\p{L}\p{M}\p{N}-]/gu, '_')}.json`);
  const tokens = sharedTokens(regions.map((region) => fileTokens(file, worldKey(region))));
  return new Conversation({
    ...{ regions, name, tokens, kept: file },
    print: (line, kind = 'own') => screen.print(line, STYLES[kind]),
    onOtherWorld(message) {
      screen.close();
      fail(message, 1);
    },
  });
}

async function play(conversation: Conversation, screen: Screen, { waitMs }: Options): Promise<void> {
  await conversation.obey('look');
  for await (const line of screen.lines()) {
    if (await conversation.obey(line)) return;
    // A person sees that they are at a border. The next line of a pipe is meant for the place beyond it.
    if (!screen.isTerminal) await until(() => !conversation.player.isCrossing, waitMs);
  }
}

/** Waits for a host as long as a person likes, but a pipe fails after a while. */
async function enter(conversation: Conversation, options: Options, screen: Screen): Promise<void> {
  const message = () => unreachedBy(conversation, options);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const unreached = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => (screen.isTerminal ? screen.print(message(), 'red') : reject(new Error(message()))),
      UNREACHED_MS,
    );
    if (screen.isTerminal) void screen.ended.then(() => reject(new Error(message())));
  });
  await Promise.race([conversation.enter(), unreached]).finally(() => clearTimeout(timer));
}

function unreachedBy({ player: { silent } }: Conversation, { regions }: Options): string {
  const [first] = regions;
  if (regions.length > 1 && silent.length < regions.length)
    return `${silent.join(' and ')} does not answer, and you may live there: start it, or wait until it is back.`;
  const where = regions.length > 1 ? regions.map(regionText).join(', ') : (first?.url ?? '');
  return `No world answers at ${where}: \`npm start\` starts one.`;
}

function readHistory(): string[] {
  try {
    return JSON.parse(readFileSync(HISTORY, 'utf8')) as string[];
  } catch {
    return [];
  }
}

function fail(error: unknown, code: number): never {
  process.stderr.write(`${plainLines(error instanceof Error ? error.message : String(error))}\n`);
  process.exit(code);
}

let options: Options;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  fail(error, 2);
}
if (options.help) {
  process.stdout.write(`${HELP}\n`);
  process.exit(0);
}
main(options).then(
  () => process.exit(0),
  (error: unknown) => fail(error, 1),
);
