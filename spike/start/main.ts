import { Console } from 'node:console';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import { connect, type Link } from '../client/connect.ts';
import { liveFragment } from '../client/live-fragment.ts';
import { memoryTokens } from '../client/token-store.ts';
import { findHost } from '../host/binary.ts';
import { startHost, type Host } from '../host/host.ts';
import { withLock } from '../host/lock.ts';
import { buildModule } from '../host/module.ts';
import { freePort } from '../host/port.ts';
import { HELP, readOptions, type Options } from './options.ts';
import { clearStatus, fail, isTerminal, line, row, showStatus } from './output.ts';
import { setAside } from './saved-world.ts';
import { servicesOf, startService } from './services.ts';
import { Shutdown } from './shutdown.ts';
import { serveSite } from './site.ts';
import { StatusLine, STATUS_QUERIES } from './status.ts';
import { DATABASE, raiseWorld, type RaisedWorld } from './world.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** A terminal rewrites one line each second. A log gets a new line each time, so it gets one less often. */
const STATUS_MS = isTerminal ? 1_000 : 10_000;

const shutdown = new Shutdown();

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return line(HELP);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void shutdown.end(0));

  const folder = resolve(ROOT, options.world);
  mkdirSync(dirname(folder), { recursive: true });
  // The lock lies next to the folder: --new-world renames the folder with everything in it.
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

/** Settles when everything has stopped. */
async function run(options: Options, folder: string): Promise<void> {
  const binary = await findHost(line);
  const module = await buildModule('production', line);
  // Check the port before anything is moved: a world that cannot be replaced stays where it is.
  await freePort(options.port);
  const aside = options.newWorld ? setAside(folder) : undefined;
  if (aside) row('set aside', aside);
  mkdirSync(folder, { recursive: true });

  const host = await startHost({ binary, folder, port: options.port });
  shutdown.add(() => host.stop());
  void host.ended.then(() => {
    if (shutdown.ending) return;
    fail(`The host ended unexpectedly; see ${host.log}.`);
    void shutdown.end(1);
  });
  const world = await raiseWorld(host, module, folder);
  shutdown.add(() => host.api.call(DATABASE, 'pause_clock', [], world.owner));
  row('host', `${host.version}  127.0.0.1:${host.port}  data ${options.world}`);
  startServices(host, world, folder, options.world);
  const link = observe(host, folder);
  const first = await link.firstLive;
  row('world', `${first.db.place.count()} places, ${first.db.agent.count()} agents, lives`);
  if (options.site) startSite(host, world, folder, options.sitePort);
  row('play', options.port === 3000 ? 'npm run play' : `npm run play -- --url ${host.url}`);
  line(styleText('dim', 'Ctrl-C stops everything'));
  keepStatus(link);
  await host.ended;
  await shutdown.ending;
}

function startServices(host: Host, world: RaisedWorld, folder: string, shown: string): void {
  const where = ['--url', host.url, '--database', DATABASE];
  for (const service of servicesOf(world, folder, shown)) {
    const running = startService(service, folder, where);
    shutdown.add(() => running.stop());
    void running.ended.then(() => {
      if (!shutdown.ending) fail(`\nThe ${service.name} ended unexpectedly; see ${shown}/${service.name}.log.`);
    });
    row(service.name, service.shows);
  }
}

/** Subscribes as a client without any role, for the status line. */
function observe(host: Host, folder: string): Link {
  // The SDK prints to the console, also cache errors that are harmless on this host (SpacetimeDB issue 2894).
  globalThis.console = new Console(createWriteStream(join(folder, 'observer.log'), { flags: 'a' }));
  const link = connect({
    url: host.url,
    database: DATABASE,
    tokens: memoryTokens(),
    queries: ['SELECT * FROM place', ...STATUS_QUERIES],
    onStatus(now) {
      if (now.state === 'lost' && !shutdown.ending) line(`\nconnection lost: ${now.reason}`);
    },
  });
  shutdown.add(() => link.close());
  return link;
}

/** Builds and serves the site in the background, because that takes longer than the rest. */
function startSite(host: Host, { owner }: RaisedWorld, folder: string, port: number | undefined): void {
  row('site', 'is being built');
  serveSite(ROOT, folder, port).then(
    (site) => {
      shutdown.add(() => site.stop());
      clearStatus();
      row('site', site.url);
      row('live', `${site.url}/live/#${liveFragment({ host: host.url, database: DATABASE, token: owner.token })}`);
    },
    (error: unknown) => {
      if (!shutdown.ending) fail(error);
    },
  );
}

function keepStatus(link: Link): void {
  const status = new StatusLine();
  const timer = setInterval(() => {
    if (link.db && !shutdown.ending) showStatus(status.render(link.db));
  }, STATUS_MS);
  shutdown.add(() => clearInterval(timer));
}

function failed(error: unknown): Promise<never> {
  fail(error);
  return shutdown.end(1);
}

main().catch(failed);
