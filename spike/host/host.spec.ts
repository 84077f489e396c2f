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
import { withLock } from '../lock.ts';
import { buildModule } from './module.ts';
import { scriptArgs } from './script.ts';

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('a world ticks again after a restart of its host, without a visitor', async ({ binary, folder }) => {
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

test('a host ends when its parent is killed', async ({ folder }) => {
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

test('rejects a port that is in use, and starts nothing', async ({ binary, folder }) => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await expect(startHost({ binary, folder, port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use.`);
  server.close();
});

test('ends a host that does not start, and shows the end of its log', async ({ folder }) => {
  const path = join(folder, 'broken-host');
  writeFileSync(path, '#!/bin/sh\necho "disk is full" >&2\nexit 3\n');
  chmodSync(path, 0o755);
  await expect(startHost({ binary: { path, version: '1.2.0' }, folder })).rejects.toThrow('disk is full');
});

test.describe('the binary that SPELLKAVE_HOST names', () => {
  test.afterEach(() => {
    delete process.env['SPELLKAVE_HOST'];
  });

  test('is rejected if it has another version', async ({ folder }) => {
    const path = join(folder, 'newer-host');
    writeFileSync(path, '#!/bin/sh\necho "spacetimedb tool version 2.8.3; spacetimedb-lib version 2.8.3;"\n');
    chmodSync(path, 0o755);
    process.env['SPELLKAVE_HOST'] = path;
    await expect(findHost(() => {})).rejects.toThrow(
      `${path} is SpacetimeDB 2.8.3, and this world is pinned to 1.2.0.`,
    );
  });

  test('is named if it does not exist', async () => {
    process.env['SPELLKAVE_HOST'] = '/nowhere/host';
    await expect(findHost(() => {})).rejects.toThrow('SPELLKAVE_HOST names /nowhere/host, which does not exist.');
  });
});

test.describe('without cargo and without a host', () => {
  const { PATH, SPELLKAVE_CACHE } = process.env;
  test.afterEach(() => {
    process.env['PATH'] = PATH;
    if (SPELLKAVE_CACHE === undefined) delete process.env['SPELLKAVE_CACHE'];
    else process.env['SPELLKAVE_CACHE'] = SPELLKAVE_CACHE;
  });

  test('the error names the fix', async ({ folder }) => {
    process.env['PATH'] = folder;
    process.env['SPELLKAVE_CACHE'] = folder;
    await expect(findHost(() => {})).rejects.toThrow(
      'There is no SpacetimeDB host and no cargo to build one: install Rust',
    );
  });

  test('the next build continues an interrupted one', async ({ folder }) => {
    // Stands in for cargo: the first run leaves an object and fails, the second run finds the object and succeeds.
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

test('a module that the host rejects leaves no database behind', async ({ host }) => {
  const owner = await host.api.createAccount();
  const garbage = new TextEncoder().encode('this is not Wasm');
  await expect(host.api.publish('garbage', garbage, owner)).rejects.toThrow('PUT /v1/database/garbage: ');
  await expect(host.api.probe('garbage')).rejects.toThrow('404');
});

test('an update that the host rejects leaves the old module running', async ({ world }) => {
  const lab = await buildModule('lab', console.log);
  // The host accepts the additional tables of the lab build, but it does not drop them again.
  await world.host.api.publish(world.database, lab.wasm, world.owner);
  const production = await buildModule('production', console.log);
  await expect(world.host.api.publish(world.database, production.wasm, world.owner)).rejects.toThrow(
    'manual migration',
  );
  await world.call('lab_populate', [31]);
});
