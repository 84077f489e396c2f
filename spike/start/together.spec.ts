import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Archive } from '../archivist/archive.ts';
import { expect, test } from '../fixture.ts';
import type { Account } from '../host/api.ts';
import { startHost, type Host } from '../host/host.ts';
import { buildModule } from '../host/module.ts';
import { freePort } from '../host/port.ts';
import { readMap } from './map.ts';

const WORLD = 'together';
/** `SPELLKAVE_TOGETHER_MINUTES=10` makes an afternoon of it. */
const LASTS_MS = Number(process.env['SPELLKAVE_TOGETHER_MINUTES'] ?? 0.3) * 60_000;
const SAY_EVERY_MS = 250;

test('two people and thirty agents share a world while thinkers are killed and the host is restarted, and nothing is lost or doubled', async ({
  binary,
  folder,
}) => {
  test.setTimeout(LASTS_MS + 120_000);
  const [port, module] = [await freePort(), await buildModule('production', console.log)];
  let host = await startHost({ binary, folder, port });
  const owner = await host.api.createAccount();
  const call = (reducer: string, ...args: unknown[]) => host.api.call(WORLD, reducer, args, owner);
  const sql = (query: string) => host.api.sql(WORLD, query, owner);
  await host.api.publish(WORLD, module.wasm, owner);
  await call('found_world', readMap());
  await call('set_retention', 2_000);
  await call('set_tempo', 100, 20, 5);
  const gold = async () =>
    (await sql('SELECT * FROM holding WHERE good = 0')).reduce((sum, row) => sum + Number(row['quantity']), 0);
  const founded = await gold();

  const world = ['--url', host.url, '--database', WORLD];
  const run = (room: string, account?: Account, ...options: string[]) => start(room, [...world, ...options], account);
  const thinkers = [await withRole(host, owner, 'Thinker'), await withRole(host, owner, 'Thinker')];
  const thinking = thinkers.map((account) => run('thinker', account));
  const archivist = run(
    'archivist',
    await withRole(host, owner, 'Archivist'),
    '--file',
    join(folder, 'archive.sqlite'),
  );
  const people = ['Nils', 'Ada'].map((name) =>
    run('text', undefined, '--name', name, '--token-file', join(folder, `${name}.json`), '--wait', '0'),
  );
  const all = () => [...thinking, archivist, ...people];
  try {
    for (const { said } of people) await expect.poll(said, { timeout: 20_000 }).toContain('The Salt Gate.');

    let spoken = 0;
    const talk = async (untilMs: number) => {
      for (; Date.now() < untilMs; await sleep(SAY_EVERY_MS)) {
        spoken++;
        const [speaker, other] = spoken % 2 ? [people[0], 'Ada'] : [people[1], 'Nils'];
        speaker?.child.stdin.write(`say Word ${spoken}.\n`);
        if (spoken % 5 === 0) speaker?.child.stdin.write(`give 1 gold to ${other}\n`);
        if (spoken % 8 === 0)
          speaker?.child.stdin.write(`ask ${spoken % 16 ? 'Mira' : 'Odo'} What of word ${spoken}?\n`);
      }
    };
    const began = Date.now();
    const quarter = (part: number) => began + (LASTS_MS * part) / 4;
    await talk(quarter(1));
    thinking[0] = await again(thinking[0], () => run('thinker', thinkers[0]));
    await talk(quarter(2));
    // Whoever ends this host waits for its log, and so do those who speak.
    await sleep(1_000);
    await host.stop();
    host = await startHost({ binary, folder, port, databases: [WORLD] });
    for (const { said } of people) await expect.poll(said, { timeout: 30_000 }).toContain('The connection is back.');
    await talk(quarter(3));
    thinking[1] = await again(thinking[1], () => run('thinker', thinkers[1]));
    await talk(quarter(4));

    // Nobody asks any more; what is open ends, by itself or by its lease.
    await call('set_tempo', 100, 60_000, 0);
    const open = async () =>
      (await sql('SELECT * FROM think_queue')).reduce(
        (sum, row) => sum + Number(row['pending']) + Number(row['leased']),
        0,
      );
    await expect.poll(open, { timeout: 60_000, intervals: [250] }).toBe(0);
    await expect.poll(async () => (await sql('SELECT * FROM event')).length, { timeout: 30_000 }).toBe(0);
    await Promise.all(all().map(end));

    const archive = new Archive(join(folder, 'archive.sqlite'));
    const events = archive.all();
    archive.close();
    const words = events.flatMap(({ text }) => /^says: Word (\d+)\.$/.exec(text)?.[1] ?? []).map(Number);
    expect(words.sort((a, b) => a - b)).toEqual(Array.from({ length: spoken }, (_, index) => index + 1));
    const thoughts = events.map(({ request }) => request).filter((request) => request > 0n);
    expect(thoughts.length).toBeGreaterThan(LASTS_MS / 2_000);
    expect(new Set(thoughts).size).toBe(thoughts.length);
    expect(await gold()).toBe(founded);
    const answered = people.map(({ said }) => said()).join('');
    expect(answered).toMatch(/answers you: /);
    console.log(
      `${spoken} words, ${thoughts.length} thoughts, ${events.length} events in ${Math.round(LASTS_MS / 1_000)} s`,
    );
  } finally {
    await Promise.all(all().map(end));
    await host.stop();
  }
});

interface Client {
  child: ChildProcessWithoutNullStreams;
  ended: Promise<unknown>;
  said: () => string;
}

function start(room: string, args: string[], account?: Account): Client {
  const env = { ...process.env, SPELLKAVE_TOKEN: account?.token ?? '' };
  const child = spawn(process.execPath, ['--import', 'tsx', `spike/${room}/main.ts`, ...args], { env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, ended: once(child, 'exit'), said: () => output };
}

async function withRole(host: Host, owner: Account, role: 'Thinker' | 'Archivist'): Promise<Account> {
  const account = await host.api.createAccount();
  await host.api.call(WORLD, 'grant_role', [[`0x${account.identity}`], { [role]: [] }], owner);
  return account;
}

/** Kills a client in the middle of whatever it does, and starts another in its place. */
async function again(client: Client | undefined, restart: () => Client): Promise<Client> {
  client?.child.kill('SIGKILL');
  await client?.ended;
  return restart();
}

async function end({ child, ended }: Client): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await ended;
}
