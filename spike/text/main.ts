import { Console } from 'node:console';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileTokens } from '../client/token-file.ts';
import { worldKey } from '../client/world-key.ts';
import { until } from '../until.ts';
import { Rejected } from './calls.ts';
import { readCommand, VERBS } from './command.ts';
import { HELP, readOptions, type Options } from './options.ts';
import { Player } from './player.ts';
import { Screen } from './screen.ts';

const FOLDER = '.spellkave/players';
const HISTORY = join(FOLDER, 'history');
const UNREACHED_MS = 5_000;
/** The SDK's message when the host does not know the key that signed a token. */
const REFUSED = 'Failed to verify token: Unauthorized';

const COMMANDS = `look (l)                 where you are, and who is here
go DIRECTION             or the direction alone: north, n
say WORDS                or 'WORDS
ask NAME QUESTION        make somebody think; the answer comes later
give [N] GOOD to NAME    to somebody who is here
trade                    what the stall here offers
buy [N] GOOD [for GOLD]  for at most so much; \`for 0\` asks the price
sell [N] GOOD [for GOLD] for at least so much
inventory (i)            what you have
who                      how many live in this world, and who plays
watch NAME, watch off    follow somebody from afar
help (?), quit (q)`;

async function main(options: Options): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  // The SDK prints to the console, which would garble the player's screen.
  globalThis.console = new Console(createWriteStream(join(FOLDER, 'sdk.log'), { flags: 'a' }));
  let player: Player | undefined;
  const screen = new Screen({
    complete: (line) => completions(line, player),
    history: readHistory(),
    interrupt: () => process.exit(0),
  });
  screen.onHistory((history) => writeFileSync(HISTORY, JSON.stringify(history)));
  try {
    const name = options.name ?? (screen.isTerminal ? await screen.question('What are you called? ') : undefined);
    if (!name) throw new Error('Who are you? Give your name with --name NAME.');
    player = playerOf(options, name, screen);
    const own = await enter(player, options, screen);
    screen.print(`You are ${own}. \`help\` lists what you can do.`, 'dim');
    await play(player, screen);
    // A terminal shows each answer when it comes. A pipe has to be kept open for them.
    if (!screen.isTerminal) await until(() => (player?.openQuestions ?? 0) <= 0, options.waitMs);
  } finally {
    player?.close();
    screen.close();
  }
}

function playerOf({ url, database, tokenFile }: Options, name: string, screen: Screen): Player {
  const file = tokenFile ?? join(FOLDER, `${name.replaceAll(/[^\p{L}\p{N}-]/gu, '_')}.json`);
  const tokens = fileTokens(file, worldKey({ url, database }));
  let wasLive = false;
  let wasLost = false;
  return new Player({
    url,
    database,
    name,
    tokens,
    hear: (line, kind) => screen.print(line, ({ speech: 'cyan', news: 'yellow', faint: 'dim' } as const)[kind]),
    onStatus(status) {
      if (status.state === 'live') wasLive = true;
      if (status.state === 'lost' && status.reason === REFUSED) {
        tokens.forget();
        if (wasLive) {
          screen.close();
          fail(`Another world runs at ${url} now: start again to enter it as somebody new.`, 1);
        }
        screen.print(`${url} rejected your token, so you are somebody new. The old token stays in ${file}.`, 'red');
      } else if (status.state === 'lost' && !wasLost) {
        wasLost = true;
        screen.print(`The connection to ${url} is lost (${status.reason}). Reconnecting.`, 'red');
      } else if (status.state === 'live' && wasLost) {
        wasLost = false;
        screen.print('The connection is back.', 'green');
      }
    },
  });
}

async function play(player: Player, screen: Screen): Promise<void> {
  await look(player, screen);
  for await (const line of screen.lines()) {
    if (!line.trim()) continue;
    const command = readCommand(line, player.view?.directions() ?? []);
    if (command.verb === 'quit') return;
    if (command.verb === 'help') screen.print(COMMANDS);
    else if (command.verb === 'unknown') screen.print(command.message, 'red');
    else
      await player.obey(command).then(
        (lines) => lines.forEach((each) => screen.print(each)),
        (error: Error) =>
          screen.print(error instanceof Rejected ? `You can't: ${error.message}.` : error.message, 'red'),
      );
  }
}

async function look(player: Player, screen: Screen): Promise<void> {
  for (const line of await player.obey({ verb: 'look' })) screen.print(line);
}

/** Waits for a host as long as a person likes, but a pipe fails after a while. */
async function enter(player: Player, { url }: Options, screen: Screen): Promise<string> {
  const message = `No world answers at ${url}: \`npm start\` starts one.`;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const unreached = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => (screen.isTerminal ? screen.print(message, 'red') : reject(new Error(message))),
      UNREACHED_MS,
    );
    if (screen.isTerminal) void screen.ended.then(() => reject(new Error(message)));
  });
  return Promise.race([player.enter(), unreached]).finally(() => clearTimeout(timer));
}

function completions(line: string, player: Player | undefined): string[] {
  const { view } = player ?? {};
  if (!view) return [];
  if (!/\s/.test(line)) return [...VERBS, ...view.directions()];
  return [...view.directions(), ...view.here().map(({ id }) => view.nameOf(id)), ...view.goods()];
}

function readHistory(): string[] {
  try {
    return JSON.parse(readFileSync(HISTORY, 'utf8')) as string[];
  } catch {
    return [];
  }
}

function fail(error: unknown, code: number): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
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
