import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, test } from 'playwright/test';
import type { Account } from '../spike/host/api.ts';
import { contractOf, type Contract } from '../spike/host/contract.ts';
import { buildModule } from '../spike/host/module.ts';
import { readMap } from '../spike/start/map.ts';
import { serveBuilt, serveSite } from '../spike/start/site.ts';
import { claim } from './harness/claim.ts';
import { processOf } from './harness/host-process.ts';
import { atLeast, countFigure, exactly } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { mode } from './harness/provenance.ts';
import { connectSecond } from './harness/second-client.ts';
import { connected, listening } from './harness/sockets.ts';

const CONTRACT = 'spike/world/contract.json';
const WORLD = 'contract';
const PATIENCE_MS = 30_000;

claim('sdk-only', {
  kind: 'checked',
  why: 'A second way in would be a second copy of the rules. While tables and reducers are all there is, whoever speaks the protocol can write a client.',
  method:
    'The production module runs on one host. Five kinds of client use it at once: the text client, the thinker and the archivist as processes of their own, the live page in a browser, and a client on another SDK, the npm package spacetimedb 1.12.0, without generated code. Each must have read from the world and changed it, or, for the observer, shown what the others did. The kernel is asked which ports the host listens on, and which ports the processes are connected to. The contract that the host tells is compared with the committed one.',
  control: 'One argument of one reducer is renamed in the committed contract: the comparison must find it.',
  dependsOn: [
    CONTRACT,
    'spike/client/*.ts',
    'spike/text/*.ts',
    'spike/thinker/*.ts',
    'spike/archivist/*.ts',
    'src/live/*.ts',
    'src/live/*.astro',
    'src/pages/live.astro',
    'spike/start/site.ts',
  ],
  async run(lab) {
    const owner = await found(lab);
    const told = contractOf(await lab.host.api.schema(WORLD));
    const committed = JSON.parse(readFileSync(CONTRACT, 'utf8')) as Contract;
    const changed = structuredClone(committed);
    changed.reducers['act'] = ['deed: Action'];
    const { served, foreign, connections } = await useWithAll(lab, owner);
    const says = { label: 'Differences from the committed contract', unit: 'entries' };
    const ports = listening(processOf(lab.host));
    return {
      headline: `${served.length} kinds of client, ${ports.length} port`,
      checks: [
        atLeast(
          countFigure({ arm: 'subject', name: 'clients', label: 'Kinds of client that were served', unit: 'clients' }, [
            served.length,
          ]),
          5,
        ),
        exactly(
          countFigure({ arm: 'subject', name: 'ports', label: 'Ports that the host listens on', unit: 'ports' }, [
            ports.length,
          ]),
          1,
        ),
        exactly(
          countFigure(
            { arm: 'subject', name: 'foreign', label: 'Connections of clients to other ports', unit: 'connections' },
            [foreign],
          ),
          0,
        ),
        // Each of the three processes that can be asked must be seen on the host's port.
        exactly(
          countFigure(
            { arm: 'subject', name: 'connected', label: 'Client processes seen on that port', unit: 'clients' },
            [connections],
          ),
          3,
        ),
        exactly(countFigure({ arm: 'subject', name: 'differences', ...says }, [differences(told, committed)]), 0),
        atLeast(countFigure({ arm: 'control', name: 'differences', ...says }, [differences(told, changed)]), 1),
      ],
      tallies: [
        ...served.map((label) => ({ arm: 'subject' as const, label, outcomes: { served: 1 } })),
        { arm: 'control', label: 'a renamed argument', outcomes: { differences: differences(told, changed) } },
      ],
    };
  },
});

/** A production world, beside the lab's own, whose events are old enough for the archive after two seconds. */
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
    await until(async () => (await rows('player')).length > 1);
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
    for (const [kind, isServed] of kinds) if (await until(isServed)) served.push(kind);
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

async function until(holds: () => Promise<boolean> | boolean): Promise<boolean> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(100)) if (await holds()) return true;
  return false;
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
