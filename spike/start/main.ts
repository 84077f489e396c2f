import { Console } from 'node:console';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import { connect } from '../client/connect.ts';
import { memoryTokens } from '../client/token-store.ts';
import { findHost } from '../host/binary.ts';
import { startHost } from '../host/host.ts';
import { withLock } from '../host/lock.ts';
import { buildModule } from '../host/module.ts';
import { freePort } from '../host/port.ts';
import { supervise } from '../host/supervised.ts';
import { HELP, readOptions, type Options } from './options.ts';
import { setAside } from './saved-world.ts';
import { serveSite } from './site.ts';
import { StatusLine, STATUS_QUERIES } from './status.ts';
import { DATABASE, raiseWorld } from './world.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ARCHIVIST = fileURLToPath(new URL('../archivist/main.ts', import.meta.url));
const THINKER = fileURLToPath(new URL('../thinker/main.ts', import.meta.url));
/** Without a terminal there is no line to rewrite, so a log gets one now and then. */
const STATUS_MS = process.stdout.isTTY ? 1_000 : 10_000;

const CLEAR_LINE = '\r\x1b[2K';

/** What was started, in order; ended in reverse. */
const started: (() => Promise<unknown> | void)[] = [];
let ending: Promise<never> | undefined;

function end(code: number): Promise<never> {
  ending ??= (async () => {
    if (started.length > 0) line('\nstopping');
    for (const stop of started.reverse()) await Promise.resolve(stop()).catch(fail);
    process.exit(code);
  })();
  return ending;
}

function line(text: string): void {
  process.stdout.write(`${text}\n`);
}

function row(label: string, text: string): void {
  line(`${styleText('bold', label.padEnd(11))}${text}`);
}

function fail(error: unknown): void {
  process.stderr.write(
    `${styleText('red', error instanceof Error ? error.message : String(error), { stream: process.stderr })}\n`,
  );
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return line(HELP);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));

  const folder = resolve(ROOT, options.world);
  mkdirSync(dirname(folder), { recursive: true });
  // Beside the world, because a world that is set aside takes along what lies in its folder.
  await withLock(
    `${folder}.lock`,
    () => {
      throw new Error(
        `The world in ${folder} runs already: end that \`npm start\` first, or name another folder with --world.`,
      );
    },
    () => run(options, folder).catch(failed),
  );
}

/** Settles when all of it has ended. */
async function run(options: Options, folder: string): Promise<void> {
  const binary = await findHost(line);
  const module = await buildModule('production', line);
  // Before anything is moved, because a world that cannot be replaced stays where it is.
  await freePort(options.port);
  const aside = options.newWorld ? setAside(folder) : undefined;
  if (aside) row('set aside', aside);
  mkdirSync(folder, { recursive: true });

  const host = await startHost({ binary, folder, port: options.port });
  started.push(() => host.stop());
  void host.ended.then(() => !ending && (fail(`The host ended by itself; see ${host.log}.`), end(1)));
  const world = await raiseWorld(host, module, folder);
  started.push(() => host.api.call(DATABASE, 'pause_clock', [], world.owner));
  row('host', `${host.version}  127.0.0.1:${host.port}  data ${options.world}`);

  const service = (name: string, entry: string, token: string, ...args: string[]) => {
    const all = ['--import', 'tsx', entry, '--url', host.url, '--database', DATABASE, ...args];
    // The token goes by the environment, because a command line is public on its machine.
    process.env['SPELLKAVE_TOKEN'] = token;
    const running = supervise(process.execPath, all, join(folder, `${name}.log`));
    delete process.env['SPELLKAVE_TOKEN'];
    started.push(() => running.stop());
    void running.ended.then(() => !ending && fail(`\nThe ${name} ended by itself; see ${options.world}/${name}.log.`));
  };
  service('archivist', ARCHIVIST, world.archivist.token, '--file', join(folder, 'archive.sqlite'));
  row('archivist', `SQLite  ${options.world}/archive.sqlite`);
  service('thinker', THINKER, world.thinker.token);
  row('thinker', `embedded rules  log ${options.world}/thinker.log`);

  // The SDK writes to the console, also about errors of its cache that are none on this host (SpacetimeDB issue 2894).
  const sdkLog = createWriteStream(join(folder, 'observer.log'), { flags: 'a' });
  globalThis.console = new Console(sdkLog);
  const status = new StatusLine();
  const link = connect({
    url: host.url,
    database: DATABASE,
    tokens: memoryTokens(),
    queries: ['SELECT * FROM place', ...STATUS_QUERIES],
    onStatus: (now) => now.state === 'lost' && !ending && line(`\nconnection lost: ${now.reason}`),
  });
  started.push(() => link.close());
  const first = await link.firstLive;
  row('world', `${first.db.place.count()} places, ${first.db.agent.count()} agents, lives`);

  if (options.site) {
    row('site', 'is being built');
    serveSite(ROOT, folder, options.sitePort).then(
      (site) => {
        started.push(() => site.stop());
        if (process.stdout.isTTY) process.stdout.write(CLEAR_LINE);
        row('site', site.url);
        // Whoever has this address owns the world; a fragment is never sent to a server.
        const as = new URLSearchParams({ host: host.url, database: DATABASE, token: world.owner.token });
        row('live', `${site.url}/live/#${as.toString()}`);
      },
      (error: unknown) => !ending && fail(error),
    );
  }
  row('play', options.port === 3000 ? 'npm run play' : `npm run play -- --url ${host.url}`);
  line(styleText('dim', 'Ctrl-C stops everything'));
  const timer = setInterval(() => {
    if (ending || !link.db) return;
    const text = status.render(link.db);
    process.stdout.write(process.stdout.isTTY ? `${CLEAR_LINE}${text}` : `${text}\n`);
  }, STATUS_MS);
  started.push(() => clearInterval(timer));
  await host.ended;
  await ending;
}

function failed(error: unknown): Promise<never> {
  fail(error);
  return end(1);
}

main().catch(failed);
