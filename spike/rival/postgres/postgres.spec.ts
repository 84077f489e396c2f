import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { expect, test } from 'playwright/test';
import { scriptArgs } from '../../host/script.ts';
import { startPostgres } from './postgres.ts';

test('a server ends when its parent is killed, and its folder is gone', async () => {
  const script = fileURLToPath(new URL('orphan-process.ts', import.meta.url));
  const parent = spawn(process.execPath, scriptArgs(script), { stdio: ['ignore', 'pipe', 'inherit'] });
  const { pid, folder } = await new Promise<{ pid: number; folder: string }>((resolve) =>
    parent.stdout.once('data', (said: Buffer) => resolve(JSON.parse(said.toString()) as never)),
  );
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isAlive(pid) || existsSync(folder), { timeout: 10_000 }).toBe(false);
});

test('a server is set up as asked, runs as an ordinary user, and admits nobody without the password', async () => {
  const server = await startPostgres({ synchronousCommit: 'off' });
  try {
    const url = await server.create('town');
    const settings = 'select current_setting($1) as commit, current_setting($2) as delay';
    const [row] = await rowsOf(url, settings, ['synchronous_commit', 'wal_writer_delay']);
    expect(row).toEqual({ commit: 'off', delay: '167ms' });
    expect(ownerOf(server.pid)).not.toBe(0);
    await expect(rowsOf(url.replace(/:[^:@]+@/, ':guess@'), 'select 1')).rejects.toThrow(/password/);
  } finally {
    await server.stop();
  }
  expect(isAlive(server.pid) || existsSync(server.folder)).toBe(false);
});

test('a killed server keeps what it committed, and starts again at once on the same folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spellkave-postgres-test-'));
  try {
    const first = await startPostgres({ synchronousCommit: 'on', folder });
    const database = await first.create('town');
    await rowsOf(database, 'create table kept as select 7 as n');
    await first.kill();
    const second = await startPostgres({ synchronousCommit: 'on', folder });
    expect(await rowsOf(second.urlOf('town'), 'select n from kept')).toEqual([{ n: 7 }]);
    await second.stop();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

async function rowsOf(connectionString: string, sql: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  // A server that ends while the connection is open is reported by the query.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<object>(sql, values);
    return rows;
  } finally {
    await client.end();
  }
}

function isAlive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z');
  } catch {
    return false;
  }
}

const ownerOf = (pid: number) => statSync(`/proc/${pid}`).uid;
