import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryTokens } from '../client/token-store.ts';
import { expect, test } from '../fixture.ts';
import { startHost } from '../host/host.ts';
import { buildModule } from '../host/module.ts';
import { freePort } from '../host/port.ts';
import { readMap } from '../start/map.ts';
import { rules } from '../thinker/rules.ts';
import { startThinker } from '../thinker/thinker.ts';

interface Terminal {
  said: () => string;
  type(...lines: string[]): void;
  /** Ends the input and waits for the end of the program. */
  end(): Promise<number | null>;
}

/** The text client as a pipe would run it. */
function play(url: string, database: string, name: string, folder: string, ...options: string[]): Terminal {
  const token = join(folder, `${name.replaceAll(' ', '-')}.json`);
  const world = ['--url', url, '--database', database, '--name', name, '--token-file', token];
  const { FORCE_COLOR: _, ...env } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'spike/text/main.ts', ...world, ...options], { env });
  const ended = once(child, 'exit');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return {
    said: () => output,
    type: (...lines) => void child.stdin.write(`${lines.join('\n')}\n`),
    async end() {
      child.stdin.end();
      return ((await ended) as [number | null])[0];
    },
  };
}

test.beforeEach(async ({ world }) => {
  // Nobody comes or goes by routine here.
  await world.call('set_tempo', [100, 60_000, 0]);
});

test('two people talk, give and walk, and each hears the other', async ({ world, folder }) => {
  const { host, database } = world;
  const [nils, ada] = ['Nils', 'Ada'].map((name) => play(host.url, database, name, folder)) as [Terminal, Terminal];
  for (const each of [nils, ada]) await expect.poll(each.said, { timeout: 20_000 }).toContain('The Salt Gate.');
  nils.type('say Good day, Ada.', 'give 5 gold to Ada', 'go through the wall');
  await expect.poll(ada.said).toContain('Nils says: Good day, Ada.\nNils gives 5 gold to you');
  ada.type('i', 'n');
  await expect.poll(ada.said).toContain('You have 25 gold.');
  await expect.poll(nils.said).toContain('Ada leaves for The Market.');
  expect(nils.said()).toContain('You say: Good day, Ada.');
  expect(nils.said()).toContain('That cannot be: no exit leads "through the wall" from here.');
  expect(await Promise.all([nils.end(), ada.end()])).toEqual([0, 0]);
  expect(nils.said()).not.toContain('\u001b[');
});

test('an agent answers when its mind has thought, wherever the asker is by then', async ({ world, folder }) => {
  const { host, database } = world;
  const nils = play(host.url, database, 'Nils', folder);
  nils.type('ask Mira What of the strangers?', 'n');
  await expect.poll(nils.said, { timeout: 20_000 }).toContain('The Market.');
  const tokens = memoryTokens((await world.account('Thinker')).token);
  const thinker = startThinker({
    url: host.url,
    database,
    tokens,
    mind: rules,
    concurrency: 1,
    timeoutMs: 5_000,
    log: () => {},
  });
  expect(await nils.end()).toBe(0);
  expect(nils.said()).toMatch(/You ask Mira\.[^]*The Market\.[^]*Mira answers you: /);
  await thinker.stop();
});

test('a name that the world refuses is told with the reason, and ends the client', async ({ world, folder }) => {
  const { host, database } = world;
  const nobody = play(host.url, database, 'Mira', folder);
  expect(await nobody.end()).toBe(1);
  expect(nobody.said()).toContain('somebody is called Mira already');
});

test('whoever has a token of another world is told so, comes as somebody new, and keeps it aside', async ({
  world,
  folder,
}) => {
  const { host, database } = world;
  const file = join(folder, 'Nils.json');
  writeFileSync(file, JSON.stringify({ [`${host.url}/${database}`]: 'a.b.c' }));
  const nils = play(host.url, database, 'Nils', folder);
  nils.type('say Good day.');
  expect(await nils.end()).toBe(0);
  expect(nils.said()).toContain(
    `${host.url} does not know your token, so you are somebody new; the old one is kept in ${file}.\nYou are Nils.`,
  );
  expect(nils.said()).toContain('You say: Good day.');
  expect(Object.values(JSON.parse(readFileSync(file, 'utf8')) as object)).toEqual(['a.b.c', expect.any(String)]);
});

test('where no world answers, a pipe is told what would start one', async ({ folder }) => {
  const lost = play('http://127.0.0.1:9', 'w', 'Nils', folder);
  expect(await lost.end()).toBe(1);
  expect(lost.said()).toContain('No world answers at http://127.0.0.1:9: `npm start` starts one.');
});

test('an option that is none is refused', async ({ folder }) => {
  const wrong = play('somewhere', 'w', 'Nils', folder);
  expect(await wrong.end()).toBe(2);
  expect(wrong.said()).toContain('--url takes an address');
});

test('a player whose world is replaced by another is told so, and leaves', async ({ binary, folder }) => {
  test.setTimeout(60_000);
  const [port, module] = [await freePort(), await buildModule('production', console.log)];
  const host = await startHost({ binary, folder: join(folder, 'before'), port });
  const owner = await host.api.createAccount();
  await host.api.publish('w', module.wasm, owner);
  await host.api.call('w', 'found_world', [readMap()], owner);
  const nils = play(host.url, 'w', 'Nils', folder);
  await expect.poll(nils.said, { timeout: 20_000 }).toContain('The Salt Gate.');
  await host.stop();
  const other = await startHost({ binary, folder: join(folder, 'after'), port });
  try {
    const says = `There is another world at ${other.url} now: play again to enter it as somebody new.`;
    await expect.poll(nils.said, { timeout: 20_000 }).toContain(says);
    expect(await nils.end()).toBe(1);
  } finally {
    await other.stop();
  }
});

test('a player survives a restart of the host, as the same person', async ({ binary, folder }) => {
  test.setTimeout(60_000);
  const module = await buildModule('production', console.log);
  const port = await freePort();
  const first = await startHost({ binary, folder, port });
  const owner = await first.api.createAccount();
  await first.api.publish('w', module.wasm, owner);
  await first.api.call('w', 'found_world', [readMap()], owner);
  const nils = play(first.url, 'w', 'Nils', folder);
  nils.type('say Before.');
  await expect.poll(nils.said, { timeout: 20_000 }).toContain('You say: Before.');
  await first.stop();
  await expect.poll(nils.said, { timeout: 10_000 }).toContain('is lost');
  const second = await startHost({ binary, folder, port, databases: ['w'] });
  try {
    await expect.poll(nils.said, { timeout: 20_000 }).toContain('The connection is back.');
    nils.type('say After.');
    await expect.poll(nils.said).toContain('You say: After.');
    expect(await nils.end()).toBe(0);
  } finally {
    await second.stop();
  }
});
