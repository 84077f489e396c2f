import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryTokens } from '../client/token-store.ts';
import { expect, test } from '../fixture.ts';
import { startHost } from '../host/host.ts';
import { buildModule } from '../host/module.ts';
import { freePort } from '../host/port.ts';
import { startScript, type Program } from '../program.fixture.ts';
import { readMap } from '../start/map.ts';
import { rules } from '../thinker/rules.ts';
import { startThinker } from '../thinker/thinker.ts';

interface Terminal extends Pick<Program, 'child' | 'ended'> {
  output: () => string;
  type(...lines: string[]): void;
  /** Ends the input and waits for the end of the program. */
  end(): Promise<number | null>;
}

/** The text client, reading from a pipe. */
function play(url: string, database: string, name: string, folder: string, ...options: string[]): Terminal {
  const token = join(folder, `${name.replaceAll(' ', '-')}.json`);
  const world = ['--url', url, '--database', database, '--name', name, '--token-file', token];
  const { child, output, ended } = startScript('spike/text/main.ts', [...world, ...options]);
  return {
    child,
    ended,
    output,
    type: (...lines) => void child.stdin.write(`${lines.join('\n')}\n`),
    end() {
      child.stdin.end();
      return ended;
    },
  };
}

test.beforeEach(async ({ world }) => {
  // Agents must not come and go by routine here.
  await world.call('set_tempo', [100, 60_000, 0]);
});

test('two people talk, give and walk, and each hears the other', async ({ world, folder }) => {
  const { host, database } = world;
  const nils = play(host.url, database, 'Nils', folder);
  const ada = play(host.url, database, 'Ada', folder);
  for (const each of [nils, ada]) await expect.poll(each.output, { timeout: 20_000 }).toContain('The Salt Gate.');
  nils.type('say Good day, Ada.', 'give 5 gold to Ada', 'go through the wall');
  await expect.poll(ada.output).toContain('Nils says: Good day, Ada.\nNils gives 5 gold to you');
  ada.type('i', 'n');
  await expect.poll(ada.output).toContain('You have 25 gold.');
  await expect.poll(nils.output).toContain('Ada leaves for The Market.');
  expect(nils.output()).toContain('You say: Good day, Ada.');
  expect(nils.output()).toContain(`You can't go: no exit leads "through the wall" from here.`);
  expect(await Promise.all([nils.end(), ada.end()])).toEqual([0, 0]);
  expect(nils.output()).not.toContain('\u001b[');
});

test('an answer reaches the asker wherever they have gone', async ({ world, folder }) => {
  const { host, database } = world;
  const nils = play(host.url, database, 'Nils', folder);
  nils.type('ask Mira What of the strangers?', 'n');
  await expect.poll(nils.output, { timeout: 20_000 }).toContain('The Market.');
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
  expect(nils.output()).toMatch(/You ask Mira\.[^]*The Market\.[^]*Mira answers you: /);
  await thinker.stop();
});

test('ends quietly when the program that reads its output has seen enough', async ({ world, folder }) => {
  const { host, database } = world;
  const nils = play(host.url, database, 'Nils', folder);
  await expect.poll(nils.output, { timeout: 20_000 }).toContain('Exits:');
  nils.child.stdout.destroy();
  nils.type('look');
  expect(await nils.ended).toBe(0);
  expect(nils.output()).not.toMatch(/EPIPE|^ +at /m);
});

test('other people’s direction characters are shown as letters', async ({ world, folder }) => {
  const { host, database } = world;
  const nils = play(host.url, database, 'Nils', folder);
  await expect.poll(nils.output, { timeout: 20_000 }).toContain('Exits:');
  const ada = await world.player('Ada');
  await world.call('act', [{ Say: 'boo\u202eoob می\u200cخواهم 👩🏽‍🚒' }], ada);
  await expect.poll(nils.output).toContain('Ada says: boo\\u{202e}oob می\u200cخواهم 👩🏽‍🚒\n');
  expect(await nils.end()).toBe(0);
});

test('exits with the reason when the world rejects the name', async ({ world, folder }) => {
  const { host, database } = world;
  const nobody = play(host.url, database, 'Mira', folder);
  expect(await nobody.end()).toBe(1);
  expect(nobody.output()).toContain("You can't enter as Mira: somebody is called Mira already: choose another name.");
});

test('enters as somebody new when the host rejects the token, and keeps the old token', async ({ world, folder }) => {
  const { host, database } = world;
  const file = join(folder, 'Nils.json');
  writeFileSync(file, JSON.stringify({ [`${host.url}/${database}`]: 'a.b.c' }));
  const nils = play(host.url, database, 'Nils', folder);
  nils.type('say Good day.');
  expect(await nils.end()).toBe(0);
  expect(nils.output()).toContain(
    `${host.url} rejected your token, so you are somebody new. The old token stays in ${file}.\nYou are Nils.`,
  );
  expect(nils.output()).toContain('You say: Good day.');
  const { tokens } = JSON.parse(readFileSync(file, 'utf8')) as { tokens: { token: string }[] };
  expect(tokens.map(({ token }) => token)).toEqual(['a.b.c', expect.any(String)]);
});

test('exits with the command that starts a world when none answers', async ({ folder }) => {
  const lost = play('http://127.0.0.1:9', 'w', 'Nils', folder);
  expect(await lost.end()).toBe(1);
  expect(lost.output()).toContain('No world answers at http://127.0.0.1:9: `npm start` starts one.');
});

test('rejects a wrong option', async ({ folder }) => {
  const wrong = play('somewhere', 'w', 'Nils', folder);
  expect(await wrong.end()).toBe(2);
  expect(wrong.output()).toContain('--url somewhere is not the address of a host: use one like');
});

test('exits when its world was replaced by another', async ({ binary, folder }) => {
  const port = await freePort();
  const module = await buildModule('production', console.log);
  const host = await startHost({ binary, folder: join(folder, 'before'), port });
  const owner = await host.api.createAccount();
  await host.api.publish('w', module.wasm, owner);
  await host.api.call('w', 'found_world', [readMap()], owner);
  const nils = play(host.url, 'w', 'Nils', folder);
  await expect.poll(nils.output, { timeout: 20_000 }).toContain('The Salt Gate.');
  await host.stop();
  const other = await startHost({ binary, folder: join(folder, 'after'), port });
  try {
    const says = `Another world runs at ${other.url} now: start again to enter it as somebody new.`;
    await expect.poll(nils.output, { timeout: 20_000 }).toContain(says);
    expect(await nils.end()).toBe(1);
  } finally {
    await other.stop();
  }
});

test('comes back as the same person after a restart of the host', async ({ binary, folder }) => {
  const module = await buildModule('production', console.log);
  const port = await freePort();
  const first = await startHost({ binary, folder, port });
  const owner = await first.api.createAccount();
  await first.api.publish('w', module.wasm, owner);
  await first.api.call('w', 'found_world', [readMap()], owner);
  const nils = play(first.url, 'w', 'Nils', folder);
  nils.type('say Before.');
  await expect.poll(nils.output, { timeout: 20_000 }).toContain('You say: Before.');
  await first.stop();
  await expect.poll(nils.output, { timeout: 10_000 }).toContain('is lost');
  const second = await startHost({ binary, folder, port, databases: ['w'] });
  try {
    await expect.poll(nils.output, { timeout: 20_000 }).toContain('The connection is back.');
    nils.type('say After.');
    await expect.poll(nils.output).toContain('You say: After.');
    expect(await nils.end()).toBe(0);
  } finally {
    await second.stop();
  }
});
