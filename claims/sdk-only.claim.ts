import { spawn } from 'node:child_process';
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
import { processOf } from './instruments/host-process.ts';
import { count } from './harness/figures.ts';
import type { Lab } from './harness/lab.ts';
import { mode } from './harness/provenance.ts';
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
    'The production module runs on one host. Five kinds of client use it at once: the text client, the thinker and the archivist as separate processes, the live page in a browser, and a client on another SDK, the npm package spacetimedb 1.12.0, without generated code. Each must have read from the world and changed it, or, for the observer, shown what the others did. The kernel is asked which ports the host listens on, and which ports the processes are connected to. The contract that the host tells is compared with the committed one.',
  control: 'One argument of one reducer is renamed in the committed contract: the comparison must find it.',
  figures: {
    clients: count('Kinds of client that were served', 'clients'),
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
    const told = contractOf(await lab.host.api.schema(WORLD));
    const committed = JSON.parse(readFileSync(CONTRACT, 'utf8')) as Contract;
    const changed = structuredClone(committed);
    changed.reducers['act'] = ['deed: Action'];
    const { served, foreign, connections } = await useWithAll(lab, owner);
    subject.clients.add(served.length);
    subject.ports.add(listening(processOf(lab.host)).length);
    subject.foreign.add(foreign);
    subject.connected.add(connections);
    subject.differences.add(differences(told, committed));
    subject.entries.add(entriesOf(told).length);
    control.differences.add(differences(told, changed));
    for (const kind of served) tally('subject', kind, { served: 1 });
    tally('control', 'a renamed argument', { differences: differences(told, changed) });
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
  served: string[];
  /** Connections to anything but the host. */
  foreign: number;
  /** Processes that are connected to the host. */
  connections: number;
}

async function useWithAll(lab: Lab, owner: Account): Promise<Use> {
  const { url } = lab.host;
  const service = async (room: 'thinker' | 'archivist', ...options: string[]) => {
    const account = await lab.host.api.createAccount();
    const role = room === 'thinker' ? { Thinker: [] } : { Archivist: [] };
    await lab.host.api.call(WORLD, 'grant_role', [[`0x${account.identity}`], role], owner);
    return run(room, [...world, ...options], account.token);
  };
  const world = ['--url', url, '--database', WORLD];
  const thinker = await service('thinker');
  const archivist = await service('archivist', '--file', join(lab.folder, 'archive.sqlite'));
  const text = run('text', [...world, '--name', 'Nils', '--token-file', join(lab.folder, 'nils.json')]);
  // `npm test` has built the site already; for the record it is built from what is measured.
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
      ['text client', () => text.said().includes('Herring at noon.')],
      ['second SDK, spacetimedb 1.12.0', () => second.places() > 0 && second.heard.includes('Tide at six.')],
      ['web observer', async () => /Tide at six\./.test((await page.textContent('main')) ?? '')],
      ['thinker', async () => Number((await rows('think_queue'))[0]?.['done']) > 0],
      ['archivist', async () => Number((await rows('archive'))[0]?.['archived']) > 0],
    ];
    const served: string[] = [];
    for (const [kind, isServed] of kinds) if (await until(isServed, PATIENCE_MS)) served.push(kind);
    const ports = [thinker, archivist, text].map(({ pid }) => connected(pid));
    return {
      served,
      foreign: ports.flat().filter((port) => port !== lab.host.port).length,
      connections: ports.filter((each) => each.includes(lab.host.port)).length,
    };
  } finally {
    second.close();
    await browser.close();
    await Promise.all([thinker.stop(), archivist.stop(), text.stop(), site.stop()]);
  }
}

interface Client {
  pid: number;
  said(): string;
  type(line: string): void;
  stop(): Promise<void>;
}

/** One of the clients as somebody would run it. */
function run(room: 'text' | 'thinker' | 'archivist', options: string[], token = ''): Client {
  const args = ['--import', 'tsx', `spike/${room}/main.ts`, ...options];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, SPELLKAVE_TOKEN: token },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    pid: child.pid ?? 0,
    said: () => output,
    type: (line) => child.stdin.write(`${line}\n`),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Entries that are in one contract and not, or otherwise, in the other. */
function differences(one: Contract, other: Contract): number {
  const [mine, theirs] = [entriesOf(one), entriesOf(other)];
  return (
    mine.filter((entry) => !theirs.includes(entry)).length + theirs.filter((entry) => !mine.includes(entry)).length
  );
}

function entriesOf({ tables, reducers, types, filters }: Contract): string[] {
  const named = Object.entries({ tables, reducers, types }).flatMap(([part, entries]) =>
    Object.entries(entries).map(([name, fields]) => `${part} ${name}: ${fields.join(', ')}`),
  );
  return [...named, ...filters];
}
