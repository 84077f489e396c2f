import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, test } from 'playwright/test';
import type { Account } from '../spike/host/api.ts';
import { contractOf, type Contract } from '../spike/host/contract.ts';
import { buildModule } from '../spike/host/module.ts';
import { readMap } from '../spike/start/map.ts';
import { serveBuilt, serveSite } from '../spike/start/site.ts';
import { until } from '../spike/until.ts';
import { claim } from './harness/claim.ts';
import { count } from './harness/figures.ts';
import type { Lab } from './harness/lab.ts';
import { mode } from './harness/provenance.ts';
import { startClient } from './instruments/client-process.ts';
import { differences, entriesOf } from './instruments/contract-entries.ts';
import { processOf } from './instruments/host-process.ts';
import { connectSecond } from './instruments/second-client.ts';
import { connected, listening } from './instruments/sockets.ts';

const CONTRACT = 'spike/world/contract.json';
const WORLD = 'contract';
const PATIENCE_MS = 30_000;

claim('sdk-only', {
  kind: 'checked',
  minutes: { quick: 4, full: 5 },
  starts: ['spike/text/main.ts', 'spike/thinker/main.ts', 'spike/archivist/main.ts'],
  reads: [CONTRACT, 'src/live/*.ts', 'src/live/*.astro', 'src/pages/live.astro'],
  why: 'A second way in would be a second copy of the rules. While tables and reducers are all there is, anyone who speaks the protocol can write a client.',
  method:
    'One host runs the production module. Five kinds of client use it at once: the text client, the thinker and the archivist as separate processes, the live page in a browser, and a client on another SDK, the npm package spacetimedb 1.12.0, without generated code. Each client must read from the world and change it; the live page, which only watches, must show what the others did. The kernel reports the ports that the host listens on and the ports that the processes are connected to. The schema that the host serves is compared with the committed contract.',
  control: 'One argument of one reducer is renamed in the committed contract; the comparison must find it.',
  figures: {
    clients: count('Kinds of client that worked', 'clients'),
    ports: count('Ports that the host listens on', 'ports'),
    foreign: count('Connections of clients to other ports', 'connections'),
    connected: count('Client processes seen on that port', 'clients'),
    differences: count('Differences from the committed contract', 'entries'),
    entries: count('Entries of the contract that were compared', 'entries'),
  },
  limits: ({ subject, control }) => [
    subject.clients.atLeast(5),
    subject.ports.exactly(1),
    subject.foreign.exactly(0),
    // Each of the three processes that can be asked must be seen on the host's port.
    subject.connected.exactly(3),
    subject.differences.exactly(0),
    // Two empty contracts would agree.
    subject.entries.atLeast(30),
    control.differences.atLeast(1),
  ],
  headline: ({ subject }) => `${subject.clients.value} kinds of client, ${subject.ports.value} port`,
  async run({ lab, subject, control, tally }) {
    const owner = await found(lab);
    const served = contractOf(await lab.host.api.schema(WORLD));
    const committed = JSON.parse(readFileSync(CONTRACT, 'utf8')) as Contract;
    const changed = structuredClone(committed);
    changed.reducers['act'] = ['deed: Action'];
    const { worked, foreign, connections } = await useWithAll(lab, owner);
    subject.clients.add(worked.length);
    subject.ports.add(listening(processOf(lab.host)).length);
    subject.foreign.add(foreign);
    subject.connected.add(connections);
    subject.differences.add(differences(served, committed));
    subject.entries.add(entriesOf(served).length);
    control.differences.add(differences(served, changed));
    for (const kind of worked) tally('subject', kind, { worked: 1 });
    tally('control', 'a renamed argument', { differences: differences(served, changed) });
  },
});

/** A production world next to the lab's, whose events are old enough for the archive after two seconds. */
async function found(lab: Lab): Promise<Account> {
  const { api } = lab.host;
  const owner = await api.createAccount();
  await api.publish(WORLD, (await buildModule('production', console.log)).wasm, owner);
  await api.call(WORLD, 'found_world', [readMap()], owner);
  await api.call(WORLD, 'set_retention', [2_000], owner);
  return owner;
}

interface Use {
  /** Kinds of client that worked. */
  worked: string[];
  /** Connections to any port but the host's. */
  foreign: number;
  /** Processes that are connected to the host. */
  connections: number;
}

async function useWithAll(lab: Lab, owner: Account): Promise<Use> {
  const { url } = lab.host;
  const service = async (name: 'thinker' | 'archivist', ...options: string[]) => {
    const account = await lab.host.api.createAccount();
    const role = name === 'thinker' ? { Thinker: [] } : { Archivist: [] };
    await lab.host.api.call(WORLD, 'grant_role', [[`0x${account.identity}`], role], owner);
    return startClient(name, [...world, ...options], account.token);
  };
  const world = ['--url', url, '--database', WORLD];
  const thinker = await service('thinker');
  const archivist = await service('archivist', '--file', join(lab.folder, 'archive.sqlite'));
  const text = startClient('text', [...world, '--name', 'Nils', '--token-file', join(lab.folder, 'nils.json')]);
  // `npm test` has built the site already; a full run builds it from the measured sources.
  const serve = mode === 'quick' && existsSync('dist/live/index.html') ? serveBuilt : serveSite;
  const site = await serve(process.cwd(), lab.folder);
  const browser = await chromium.launch(test.info().project.use.launchOptions);
  const second = await connectSecond(url, WORLD);
  const rows = (table: string) => lab.host.api.sql(WORLD, `SELECT * FROM ${table}`, owner);
  try {
    const page = await browser.newPage();
    await page.goto(`${site.url}/live/#host=${encodeURIComponent(url)}&database=${WORLD}`);
    second.join('Second');
    await until(async () => (await rows('player')).length > 1, PATIENCE_MS);
    second.say('Herring at noon.');
    text.type('say Tide at six.');
    text.type('ask Mira Who goes there?');
    const kinds: [string, () => Promise<boolean> | boolean][] = [
      ['text client', () => text.output().includes('Herring at noon.')],
      ['second SDK, spacetimedb 1.12.0', () => second.places() > 0 && second.heard.includes('Tide at six.')],
      ['web observer', async () => /Tide at six\./.test((await page.textContent('main')) ?? '')],
      ['thinker', async () => Number((await rows('think_queue'))[0]?.['done']) > 0],
      ['archivist', async () => Number((await rows('archive'))[0]?.['archived']) > 0],
    ];
    const worked: string[] = [];
    for (const [kind, works] of kinds) if (await until(works, PATIENCE_MS)) worked.push(kind);
    const ports = [thinker, archivist, text].map(({ pid }) => connected(pid));
    return {
      worked,
      foreign: ports.flat().filter((port) => port !== lab.host.port).length,
      connections: ports.filter((each) => each.includes(lab.host.port)).length,
    };
  } finally {
    second.close();
    await browser.close();
    await Promise.all([thinker.stop(), archivist.stop(), text.stop(), site.stop()]);
  }
}
