import type { Page } from 'playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { startHost, type Host } from '../../spike/host/host.ts';
import { buildModule } from '../../spike/host/module.ts';
import { freePort } from '../../spike/host/port.ts';
import { Heartbeat } from '../../spike/start/heartbeat.ts';
import { Keeper } from '../../spike/start/keeper.ts';
import { ownerAnswers } from '../../spike/start/owner-answers.ts';
import { OwnerChannel } from '../../spike/start/owner-channel.ts';
import { servicesOf, startService, type Service } from '../../spike/start/services.ts';
import { Thinkers } from '../../spike/start/thinkers.ts';
import { ThoughtWatch } from '../../spike/start/thought-watch.ts';
import { DATABASE } from '../../spike/start/region.ts';
import { raiseWorld } from '../../spike/start/world.ts';
import { expect, state, test } from './live.fixture.ts';

/** A world with its supervisor, as `npm start` puts it together. */
async function raise(first: Host, options: Parameters<typeof startHost>[0], origin: string) {
  const { folder } = options;
  const said: string[] = [];
  const world = await raiseWorld(first, await buildModule('production', console.log), folder);
  const kept = { log: 'log', say: (line: string) => void said.push(line) };
  const restart = (signal: AbortSignal) => startHost({ ...options, port: first.port, databases: [DATABASE], signal });
  const host = new Keeper(first, { ...kept, name: 'The host', start: restart });
  const where = ['--url', first.url, '--database', DATABASE];
  const keep = (service: Service) => {
    const start = () => startService(service, folder, where);
    return new Keeper(start(), { ...kept, name: `The ${service.name}`, start });
  };
  const services = servicesOf(world, { folder, shown: folder }, folder, { name: 'rules', args: [] }, 'rules');
  const service = services.find(({ name }) => name === 'thinker');
  const keepers: Keeper[] = [host];
  const keepAll = (each: Service) => {
    const keeper = keep(each);
    keepers.push(keeper);
    return keeper;
  };
  const home = { api: first.api, database: DATABASE };
  const thinkers = new Thinkers({ ...home, owner: world.owner, folder, service, keep: keepAll });
  const watch = new ThoughtWatch({ url: first.url, database: DATABASE, token: world.thinker.token });
  const heartbeat = new Heartbeat();
  const answers = ownerAnswers({ host, thinkers, heartbeat, openWatch: () => watch });
  const welcome = { host: first.url, database: DATABASE, token: world.owner.token };
  const door = await OwnerChannel.open({ origin, welcome, onOpened: () => {}, answers });
  await first.api.call(DATABASE, 'set_tempo', [100, 10, 2], world.owner);
  return {
    door,
    said,
    stop: async () => {
      await door.close();
      watch.close();
      heartbeat.stop();
      for (const keeper of keepers.reverse()) await keeper.stop();
    },
  };
}

const count = (page: Page, name: string) => page.locator(`dt:text-is("${name}") + dd`);

test('the owner kills thinker and host, runs two, lets a mind lie, and nothing is doubled or halved', async ({
  page,
  site,
  binary,
  folder,
}) => {
  const options = { binary, folder, port: await freePort() };
  const { door, said, stop } = await raise(await startHost(options), options, site);
  try {
    await page.goto(`/live/#${door.fragment}`);
    await expect(state(page)).toContainText('Live:');
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
    await expect(count(page, 'thinkers')).toHaveText('runs', { timeout: 15_000 });
    await press('Kill the thinker');
    await expect.poll(() => said.join()).toContain('The thinker ended (SIGKILL) and starts again in 1 s');
    await press('Run two thinkers');
    await expect(count(page, 'thinkers')).toHaveText('runs, runs', { timeout: 15_000 });
    await press('Use a mind that lies');
    await expect(page.getByRole('button', { name: 'Use a mind that lies' })).toHaveAttribute('aria-pressed', 'true');
    await expect
      .poll(async () => Number(await count(page, 'answers refused').textContent()), { timeout: 30_000 })
      .toBeGreaterThan(3);
    await press('Use a mind that lies');
    await press('Run two thinkers');
    await expect(count(page, 'thinkers')).toHaveText('runs', { timeout: 15_000 });
    await press('Kill the host');
    await expect(state(page)).toContainText('Connection lost:');
    await expect(state(page)).toContainText('Live:', { timeout: 30_000 });
    await expect(count(page, 'host')).toHaveText('runs');
    await expect
      .poll(async () => Number(await count(page, 'acts acknowledged').textContent()), { timeout: 20_000 })
      .toBeGreaterThan(5);
    await expect(count(page, 'doubled thoughts')).toHaveText('0');
    await expect(count(page, 'halved thoughts')).toHaveText('0');
    await expect(count(page, 'goods')).toHaveText('conserved');
    await expect(count(page, 'acts lost')).toHaveText(/^\d+$/);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).include('.live').analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
    }
    await page.screenshot({ path: 'test-results/shots/faults.png', fullPage: true });
  } finally {
    await stop();
  }
});
