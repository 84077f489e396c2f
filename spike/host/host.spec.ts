import { spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../fixture.ts';
import { readMap } from '../start/map.ts';
import { findHost } from './binary.ts';
import { startHost } from './host.ts';
import { withLock } from './lock.ts';
import { buildModule } from './module.ts';
import { scriptArgs } from './script.ts';

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('a world outlives its host: after a restart it ticks again without a visitor', async ({ binary, folder }) => {
  const module = await buildModule('production', console.log);
  const first = await startHost({ binary, folder });
  const owner = await first.api.createAccount();
  await first.api.publish('lasting', module.wasm, owner);
  await first.api.call('lasting', 'found_world', [readMap()], owner);
  await first.api.call('lasting', 'pause_clock', [], owner);
  const [before] = await first.api.sql('lasting', 'SELECT * FROM clock', owner);
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);

  const second = await startHost({ binary, folder, databases: ['lasting'] });
  try {
    await second.api.call('lasting', 'resume_clock', [], owner);
    const tick = async () => (await second.api.sql('lasting', 'SELECT * FROM clock', owner))[0]?.['tick'];
    await expect.poll(tick).toBeGreaterThan(Number(before?.['tick']) + 3);
  } finally {
    await second.stop();
  }
});

test('a host whose parent is killed ends by itself', async ({ folder }) => {
  const script = fileURLToPath(new URL('orphan-process.ts', import.meta.url));
  const parent = spawn(process.execPath, scriptArgs(script, folder), { stdio: ['ignore', 'pipe', 'inherit'] });
  const [supervisor = 0, port = 0] = await new Promise<number[]>((resolve) =>
    parent.stdout.once('data', (said: Buffer) => resolve(JSON.parse(said.toString()) as number[])),
  );
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/v1/ping`).then(
      (response) => response.ok,
      () => false,
    );
  expect(await answers()).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isAlive(supervisor), { timeout: 10_000 }).toBe(false);
  expect(await answers()).toBe(false);
});

test('a port in use is a clear error, and nothing is started', async ({ binary, folder }) => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await expect(startHost({ binary, folder, port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use.`);
  server.close();
});

test('a host that does not come up is ended, and its last words are told', async ({ folder }) => {
  const path = join(folder, 'broken-host');
  writeFileSync(path, '#!/bin/sh\necho "no room for my data" >&2\nexit 3\n');
  chmodSync(path, 0o755);
  await expect(startHost({ binary: { path, version: '1.2.0' }, folder })).rejects.toThrow('no room for my data');
});

test.describe('the binary that SPELLKAVE_HOST names', () => {
  test.afterEach(() => {
    delete process.env['SPELLKAVE_HOST'];
  });

  test('is refused when it is of another version, but by those who measure', async ({ folder }) => {
    const path = join(folder, 'newer-host');
    writeFileSync(path, '#!/bin/sh\necho "spacetimedb tool version 2.8.3; spacetimedb-lib version 2.8.3;"\n');
    chmodSync(path, 0o755);
    process.env['SPELLKAVE_HOST'] = path;
    await expect(findHost(() => {})).rejects.toThrow(
      `${path} is SpacetimeDB 2.8.3, and this world is pinned to 1.2.0.`,
    );
  });

  test('is asked for when it is not there', async () => {
    process.env['SPELLKAVE_HOST'] = '/nowhere/host';
    await expect(findHost(() => {})).rejects.toThrow('SPELLKAVE_HOST names /nowhere/host, which is not there.');
  });
});

test.describe('where there is no cargo and no host', () => {
  const { PATH, SPELLKAVE_CACHE } = process.env;
  test.afterEach(() => {
    process.env['PATH'] = PATH;
    if (SPELLKAVE_CACHE === undefined) delete process.env['SPELLKAVE_CACHE'];
    else process.env['SPELLKAVE_CACHE'] = SPELLKAVE_CACHE;
  });

  test('one sentence says what to do', async ({ folder }) => {
    process.env['PATH'] = folder;
    process.env['SPELLKAVE_CACHE'] = folder;
    await expect(findHost(() => {})).rejects.toThrow(
      'There is no SpacetimeDB host and no cargo to build one: install Rust',
    );
  });

  test('an interrupted build is taken up by the next one', async ({ folder }) => {
    // Stands in for cargo: the first time it leaves an object and breaks off, the second time it finds it and finishes.
    const cargo = join(folder, 'cargo');
    writeFileSync(
      cargo,
      `#!/bin/sh
[ "$1" = --version ] && exit 0
if [ -e "$CARGO_TARGET_DIR/object" ]; then
  printf '#!/bin/sh\\necho tool version 1.2.0\\n' > "$5/bin/spacetimedb-standalone" && chmod +x "$5/bin/spacetimedb-standalone"
else
  mkdir -p "$CARGO_TARGET_DIR" "$5/bin" && touch "$CARGO_TARGET_DIR/object" && exit 130
fi
`,
    );
    chmodSync(cargo, 0o755);
    process.env['PATH'] = `${folder}:/usr/bin:/bin`;
    process.env['SPELLKAVE_CACHE'] = folder;
    await expect(findHost(() => {})).rejects.toThrow('ended with exit code 130');
    expect((await findHost(() => {})).version).toBe('1.2.0');
  });
});

test('two builds at once take turns', async ({ folder }) => {
  const file = join(folder, 'lock');
  const order: string[] = [];
  const turn = (name: string) =>
    withLock(
      file,
      () => order.push(`${name} waits`),
      async () => {
        order.push(`${name} begins`);
        await sleep(300);
        order.push(`${name} ends`);
      },
    );
  await Promise.all([turn('first'), turn('second')]);
  expect(order).toEqual(['first begins', 'second waits', 'first ends', 'second begins', 'second ends']);
});

test('a module that the host refuses leaves no database behind', async ({ host }) => {
  const owner = await host.api.createAccount();
  const garbage = new TextEncoder().encode('this is no Wasm');
  await expect(host.api.publish('garbage', garbage, owner)).rejects.toThrow('PUT /v1/database/garbage: ');
  await expect(host.api.probe('garbage')).rejects.toThrow('404');
});

test('an update that the host refuses leaves the old module running', async ({ world }) => {
  const lab = await buildModule('lab', console.log);
  // The lab build has further tables, which the host accepts; taking them away again it refuses.
  await world.host.api.publish(world.database, lab.wasm, world.owner);
  const production = await buildModule('production', console.log);
  await expect(world.host.api.publish(world.database, production.wasm, world.owner)).rejects.toThrow(
    'manual migration',
  );
  await world.call('lab_populate', [31]);
});
