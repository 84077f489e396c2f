import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onClosedOutput } from '../client/closed-output.ts';
import { findHost } from '../host/binary.ts';
import { withLock } from '../lock.ts';
import { buildModule } from '../host/module.ts';
import { makeWorldPrivate } from '../host/world-folder.ts';
import { privateFile } from '../private.ts';
import { freePort } from '../host/port.ts';
import { firstSign } from './first-sign.ts';
import { Heartbeat } from './heartbeat.ts';
import { Keeper } from './keeper.ts';
import { prepareMind } from './mind.ts';
import { keepConsoleQuiet, keepStatus, observe } from './observer.ts';
import { HELP, readOptions, type Options } from './options.ts';
import { alarm, clearStatus, fail, line, row } from './output.ts';
import { ownerAnswers } from './owner-answers.ts';
import { OwnerChannel } from './owner-channel.ts';
import { of } from './region.ts';
import { readRegions } from './regions.ts';
import { checkSavedRegions, folderOf } from './saved-regions.ts';
import { setAside, setAsideOf } from './saved-world.ts';
import { Shutdown } from './shutdown.ts';
import { serveBuilt, serveSite } from './site.ts';
import { startRegions, type Keep, type StartedRegion } from './start-regions.ts';
import { addressesOf, regionOptions, startRelay, startServices } from './start-services.ts';
import { checkSystemClock } from './system-clock.ts';
import type { Thinkers } from './thinkers.ts';
import { ThoughtWatch } from './thought-watch.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const shutdown = new Shutdown();

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return line(HELP);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void shutdown.end(0));
  onClosedOutput(() => void shutdown.end(0), { goesOnWithoutLog: true });

  const folder = resolve(ROOT, options.world);
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
  privateFile(`${folder}.lock`);
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
  const regions = readRegions(options.regions);
  const binary = await findHost(line);
  const module = await buildModule('production', line);
  const mindName = await prepareMind(options.mind, shutdown);
  // Check the port before anything is moved: a world that cannot be replaced stays where it is.
  await freePort(options.port);
  for (const region of regions) checkSystemClock(folderOf(folder, region));
  const aside = options.newWorld ? setAside(folder) : undefined;
  if (aside) row('set aside', aside);
  for (const each of [folder, ...setAsideOf(folder)]) warnOf(makeWorldPrivate(each));
  checkSavedRegions(folder, regions);

  const started = await startRegions({ binary, module, folder, regions, options, keep, shutdown });
  startRelay(started, keep);
  const running = started.map((each) => ({
    ...each,
    thinkers: startServices(each, options, mindName, keep, shutdown),
  }));
  keepConsoleQuiet(folder);
  const observed = started.map(({ region, host }) => ({ region, link: observe(host.url, region, shutdown) }));
  for (const { region, link } of observed) row('world', of(region, await firstSign(link)));
  if (options.site) startSite(running, folder, options);
  row('terminal', playCommand(started));
  line('Ctrl-C stops everything', 'dim');
  keepStatus(observed, options.mind, shutdown);
  await shutdown.ended;
}

function playCommand(started: StartedRegion[]): string {
  const [first] = started;
  if (started.length > 1) return `npm run play -- ${regionOptions(started).join(' ')}`;
  return !first || first.host.port === 3000 ? 'npm run play' : `npm run play -- --url ${first.host.url}`;
}

/** Starts a program again whenever it ends, until the shutdown. */
const keep: Keep = (name, log, first, start) => {
  const keeper = new Keeper(first, { name, log, start, say: alarm });
  shutdown.add(() => keeper.stop());
  return keeper;
};

function warnOf([path]: string[]): void {
  if (path) line(`${path} belongs to another user, so others may read it: make it yours with \`sudo chown -R\`.`);
}

/** What the owner's page can look at and break. */
type Running = StartedRegion & { thinkers: Thinkers };

/** Builds and serves the site in the background, because that takes longer than the rest. */
function startSite(running: Running[], folder: string, options: Options): void {
  const { sitePort, world: shown } = options;
  row('site', 'is being built');
  serveSite(ROOT, folder, sitePort)
    .then(async (site) => {
      keep('The site server', `${shown}/site.log`, site, (signal) => serveBuilt(ROOT, folder, site.port, signal));
      clearStatus();
      row('site', site.url);
      row('play', `${site.url}/play/${playFragment(running)}`);
      for (const each of running) await letOwnerIn(each, site.url);
    })
    .catch((error: unknown) => {
      if (!shutdown.ending) fail(error);
    });
}

function playFragment(running: Running[]): string {
  if (running.length > 1) return `#regions=${addressesOf(running).join(',')}`;
  const { host } = running[0]!;
  return host.port === 3000 ? '' : `#host=${host.url}`;
}

/** Prints the owner's address of the live page, and the next one once it was used. */
async function letOwnerIn({ region, host, world, keptHost, thinkers }: Running, site: string): Promise<void> {
  const show = () => {
    clearStatus();
    row('live', of(region, `${site}/live/#${channel.fragment}`));
  };
  const heartbeat = new Heartbeat();
  shutdown.add(() => heartbeat.stop());
  const openWatch = () => {
    const watch = new ThoughtWatch({ url: host.url, database: region.database, token: world.thinker.token });
    shutdown.add(() => watch.close());
    return watch;
  };
  const answers = ownerAnswers({ host: keptHost, thinkers, heartbeat, openWatch });
  const welcome = { host: host.url, database: region.database, token: world.owner.token };
  const channel = await OwnerChannel.open({ origin: site, welcome, onOpened: show, answers });
  shutdown.add(() => channel.close());
  show();
}

function failed(error: unknown): Promise<never> {
  fail(error);
  return shutdown.end(1);
}

main().catch(failed);
