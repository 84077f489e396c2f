import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Archive } from '../archivist/archive.ts';
import type { ArchivedEvent } from '../archivist/archived-event.ts';
import { expect, test } from '../fixture.ts';
import { identityArgument, type Account } from '../host/api.ts';
import type { Binary } from '../host/binary.ts';
import { startHost, type Host } from '../host/host.ts';
import { buildModule } from '../host/module.ts';
import { freePort } from '../host/port.ts';
import { interrupt, startScript, type Program } from '../program.fixture.ts';
import { readMap } from './map.ts';

const WORLD = 'together';
/** `SPELLKAVE_TOGETHER_MINUTES=10` makes the test last ten minutes. */
const LASTS_MS = Number(process.env['SPELLKAVE_TOGETHER_MINUTES'] ?? 0.3) * 60_000;
const SAY_EVERY_MS = 250;

test('nothing is lost or doubled while thinkers are killed and the host is restarted', async ({ binary, folder }) => {
  test.setTimeout(LASTS_MS + 120_000);
  const world = await SharedWorld.start(binary, folder);
  try {
    const founded = await world.gold();
    const [nils, ada] = await world.enter('Nils', 'Ada');
    const talk = new Talk(nils, ada);
    const began = Date.now();
    const quarter = (part: number) => began + (LASTS_MS * part) / 4;
    await talk.until(quarter(1));
    await world.killThinker(0);
    await talk.until(quarter(2));
    // The host loses commits that it has not synced yet, so nobody may speak shortly before it stops.
    await sleep(1_000);
    await world.restartHost();
    for (const { output } of [nils, ada])
      await expect.poll(output, { timeout: 30_000 }).toContain('The connection is back.');
    await talk.until(quarter(3));
    await world.killThinker(1);
    await talk.until(quarter(4));
    await world.settle();

    const events = world.archived();
    const words = events.flatMap(({ words }) => /^Word (\d+)\.$/.exec(words)?.[1] ?? []).map(Number);
    expect(words.sort((a, b) => a - b)).toEqual(Array.from({ length: talk.words }, (_, index) => index + 1));
    const thoughts = events.map(({ request }) => request).filter((request) => request > 0n);
    expect(thoughts.length).toBeGreaterThan(LASTS_MS / 2_000);
    expect(new Set(thoughts).size).toBe(thoughts.length);
    expect(await world.gold()).toBe(founded);
    expect(nils.output() + ada.output()).toMatch(/answers you: /);
  } finally {
    await world.stop();
  }
});

/** Two people who speak in turn, and now and then give or ask. */
class Talk {
  words = 0;
  readonly #nils: Program;
  readonly #ada: Program;

  constructor(nils: Program, ada: Program) {
    this.#nils = nils;
    this.#ada = ada;
  }

  async until(endMs: number): Promise<void> {
    for (; Date.now() < endMs; await sleep(SAY_EVERY_MS)) {
      const word = ++this.words;
      const isNils = word % 2 === 1;
      const speaker = isNils ? this.#nils : this.#ada;
      const type = (line: string) => speaker.child.stdin.write(`${line}\n`);
      type(`say Word ${word}.`);
      if (word % 5 === 0) type(`give 1 gold to ${isNils ? 'Ada' : 'Nils'}`);
      if (word % 8 === 0) type(`ask ${word % 16 ? 'Mira' : 'Odo'} What of word ${word}?`);
    }
  }
}

/** A host with two thinkers, an archivist and players, each its own process. */
class SharedWorld {
  readonly #binary: Binary;
  readonly #folder: string;
  readonly #owner: Account;
  readonly #thinkers: { account: Account; program: Program }[] = [];
  readonly #others: Program[] = [];
  #host: Host;

  private constructor(binary: Binary, folder: string, host: Host, owner: Account) {
    this.#binary = binary;
    this.#folder = folder;
    this.#host = host;
    this.#owner = owner;
  }

  static async start(binary: Binary, folder: string): Promise<SharedWorld> {
    const module = await buildModule('production', console.log);
    const host = await startHost({ binary, folder, port: await freePort() });
    const world = new SharedWorld(binary, folder, host, await host.api.createAccount());
    await host.api.publish(WORLD, module.wasm, world.#owner);
    await world.#call('found_world', readMap());
    await world.#call('set_retention', 2_000);
    await world.#call('set_tempo', 100, 20, 5);
    for (let index = 0; index < 2; index++) {
      const account = await world.#withRole('Thinker');
      world.#thinkers.push({ account, program: world.#run('thinker', [], account) });
    }
    world.#others.push(world.#run('archivist', ['--file', world.#archive], await world.#withRole('Archivist')));
    return world;
  }

  /** Text clients that have entered the world. */
  async enter(...names: [string, string]): Promise<[Program, Program]> {
    const people = names.map((name) =>
      this.#run('text', ['--name', name, '--token-file', join(this.#folder, `${name}.json`), '--wait', '0']),
    ) as [Program, Program];
    this.#others.push(...people);
    for (const { output } of people) await expect.poll(output, { timeout: 20_000 }).toContain('The Salt Gate.');
    return people;
  }

  /** Kills a thinker in the middle of its work, and starts it again. */
  async killThinker(index: 0 | 1): Promise<void> {
    const thinker = this.#thinkers[index]!;
    thinker.program.child.kill('SIGKILL');
    await thinker.program.ended;
    thinker.program = this.#run('thinker', [], thinker.account);
  }

  async restartHost(): Promise<void> {
    const { port } = this.#host;
    await this.#host.stop();
    this.#host = await startHost({ binary: this.#binary, folder: this.#folder, port, databases: [WORLD] });
  }

  /** Makes agents stop asking, waits until each request has ended and each event is archived, and stops the clients. */
  async settle(): Promise<void> {
    await this.#call('set_tempo', 100, 60_000, 0);
    const openRequests = async () =>
      (await this.#sum('think_queue', 'pending')) + (await this.#sum('think_queue', 'leased'));
    await expect.poll(openRequests, { timeout: 60_000, intervals: [250] }).toBe(0);
    const events = async () => (await this.#sql('SELECT * FROM event')).length;
    await expect.poll(events, { timeout: 30_000 }).toBe(0);
    await this.#stopClients();
  }

  archived(): ArchivedEvent[] {
    const archive = new Archive(this.#archive);
    const events = archive.all();
    archive.close();
    return events;
  }

  gold(): Promise<number> {
    return this.#sum('holding', 'quantity', 'WHERE good = 0');
  }

  async stop(): Promise<void> {
    await this.#stopClients();
    await this.#host.stop();
  }

  get #archive(): string {
    return join(this.#folder, 'archive.sqlite');
  }

  #run(client: string, args: string[], account?: Account): Program {
    const where = ['--url', this.#host.url, '--database', WORLD];
    return startScript(`spike/${client}/main.ts`, [...where, ...args], { SPELLKAVE_TOKEN: account?.token ?? '' });
  }

  #call(reducer: string, ...args: unknown[]): Promise<void> {
    return this.#host.api.call(WORLD, reducer, args, this.#owner);
  }

  #sql(query: string): Promise<Record<string, unknown>[]> {
    return this.#host.api.sql(WORLD, query, this.#owner);
  }

  async #sum(table: string, column: string, where = ''): Promise<number> {
    const rows = await this.#sql(`SELECT * FROM ${table} ${where}`);
    return rows.reduce((sum, row) => sum + Number(row[column]), 0);
  }

  async #withRole(role: 'Thinker' | 'Archivist'): Promise<Account> {
    const account = await this.#host.api.createAccount();
    await this.#call('grant_role', identityArgument(account), { [role]: [] });
    return account;
  }

  async #stopClients(): Promise<void> {
    await Promise.all([...this.#thinkers.map(({ program }) => program), ...this.#others].map(interrupt));
  }
}
