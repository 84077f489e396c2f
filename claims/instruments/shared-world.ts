import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, test, type Page } from 'playwright/test';
import type { Account } from '../../spike/host/api.ts';
import { contractOf, type Contract } from '../../spike/host/contract.ts';
import { buildModule } from '../../spike/host/module.ts';
import { readMap } from '../../spike/start/map.ts';
import { serveBuilt, serveSite } from '../../spike/start/site.ts';
import { until } from '../../spike/until.ts';
import type { Lab } from '../harness/lab.ts';
import { mode } from '../harness/provenance.ts';
import { startClient, type ClientProcess } from './client-process.ts';
import { connectSecond, type SecondClient } from './second-client.ts';
import { connected } from './sockets.ts';

const WORLD = 'contract';
const PATIENCE_MS = 30_000;

export interface Use {
  /** Kinds of client that worked. */
  worked: string[];
  /** Connections to any port but the host's. */
  foreign: number;
  /** Processes that are connected to the host. */
  connections: number;
}

/** A production world next to the lab's, which all kinds of client use at once. */
export class SharedWorld {
  readonly #lab: Lab;
  readonly #owner: Account;

  private constructor(lab: Lab, owner: Account) {
    this.#lab = lab;
    this.#owner = owner;
  }

  /** Its events are old enough for the archive after two seconds. */
  static async found(lab: Lab): Promise<SharedWorld> {
    const { api } = lab.host;
    const owner = await api.createAccount();
    await api.publish(WORLD, (await buildModule('production', console.log)).wasm, owner);
    await api.call(WORLD, 'found_world', [readMap()], owner);
    await api.call(WORLD, 'set_retention', [2_000], owner);
    return new SharedWorld(lab, owner);
  }

  /** What the host serves of it. */
  async contract(): Promise<Contract> {
    return contractOf(await this.#lab.host.api.schema(WORLD));
  }

  async useWithAll(): Promise<Use> {
    const { host, folder } = this.#lab;
    const thinker = await this.#startService('thinker');
    const archivist = await this.#startService('archivist', '--file', join(folder, 'archive.sqlite'));
    const text = this.#start('text', ['--name', 'Nils', '--token-file', join(folder, 'nils.json')]);
    // `npm test` has built the site already; a full run builds it from the measured sources.
    const serve = mode === 'quick' && existsSync('dist/live/index.html') ? serveBuilt : serveSite;
    const site = await serve(process.cwd(), folder);
    const browser = await chromium.launch(test.info().project.use.launchOptions);
    const second = await connectSecond(host.url, WORLD);
    try {
      const page = await browser.newPage();
      await page.goto(`${site.url}/live/#host=${encodeURIComponent(host.url)}&database=${WORLD}`);
      const worked = await this.#worked(text, second, page);
      const ports = [thinker, archivist, text].map(({ pid }) => connected(pid));
      return {
        worked,
        foreign: ports.flat().filter((port) => port !== host.port).length,
        connections: ports.filter((each) => each.includes(host.port)).length,
      };
    } finally {
      second.close();
      await browser.close();
      await Promise.all([thinker.stop(), archivist.stop(), text.stop(), site.stop()]);
    }
  }

  /** Lets the clients change the world. @returns the kinds of client that worked */
  async #worked(text: ClientProcess, second: SecondClient, page: Page): Promise<string[]> {
    second.join('Second');
    await until(async () => (await this.#rows('player')).length > 1, PATIENCE_MS);
    second.say('Herring at noon.');
    text.type('say Tide at six.');
    text.type('ask Mira Who goes there?');
    const kinds: [string, () => Promise<boolean> | boolean][] = [
      ['text client', () => text.output().includes('Herring at noon.')],
      ['second SDK, spacetimedb 1.12.0', () => second.places() > 0 && second.heard.includes('Tide at six.')],
      ['web observer', async () => /Tide at six\./.test((await page.textContent('main')) ?? '')],
      ['thinker', async () => Number((await this.#rows('think_queue'))[0]?.['done']) > 0],
      ['archivist', async () => Number((await this.#rows('archive'))[0]?.['archived']) > 0],
    ];
    const worked: string[] = [];
    for (const [kind, works] of kinds) if (await until(works, PATIENCE_MS)) worked.push(kind);
    return worked;
  }

  async #startService(name: 'thinker' | 'archivist', ...options: string[]): Promise<ClientProcess> {
    const { api } = this.#lab.host;
    const account = await api.createAccount();
    const role = name === 'thinker' ? { Thinker: [] } : { Archivist: [] };
    await api.call(WORLD, 'grant_role', [[`0x${account.identity}`], role], this.#owner);
    return this.#start(name, options, account.token);
  }

  #start(name: 'text' | 'thinker' | 'archivist', options: string[], token?: string): ClientProcess {
    return startClient(name, ['--url', this.#lab.host.url, '--database', WORLD, ...options], token);
  }

  #rows(table: string): Promise<Record<string, unknown>[]> {
    return this.#lab.host.api.sql(WORLD, `SELECT * FROM ${table}`, this.#owner);
  }
}
