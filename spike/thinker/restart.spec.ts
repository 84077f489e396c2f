import type { Action } from '../client/bindings/index.ts';
import { expect, test } from '../fixture.ts';
import { identityArgument } from '../host/api.ts';
import { startHost } from '../host/host.ts';
import { buildModule } from '../host/module.ts';
import { readMap } from '../start/map.ts';
import type { Mind } from './mind.ts';
import { think } from './think.fixture.ts';

test('submits a thought that ended during a host restart once, without thinking it again', async ({
  binary,
  folder,
}) => {
  const module = await buildModule('production', console.log);
  const first = await startHost({ binary, folder });
  const { api } = first;
  const owner = await api.createAccount();
  const nils = await api.createAccount();
  const account = await api.createAccount();
  await api.publish('w', module.wasm, owner);
  await api.call('w', 'found_world', [readMap()], owner);
  await api.call('w', 'set_tempo', [100, 30, 0], owner);
  await api.call('w', 'grant_role', [identityArgument(account), { Thinker: [] }], owner);
  await api.call('w', 'join', ['Nils'], nils);
  let asked = 0;
  let answer = (_action: Action) => {};
  const slow: Mind = {
    name: 'slow',
    think: () => {
      asked++;
      return new Promise((resolve) => (answer = resolve));
    },
  };
  const { thinker, lines } = think({ host: first, database: 'w' }, account, slow, { timeoutMs: 25_000 });
  await thinker.link.firstLive;
  await api.call('w', 'ask', [0, 'Well?'], nils);
  await expect.poll(() => asked).toBe(1);
  // The host syncs its log every 500 ms; the lease must survive the restart.
  await new Promise((resolve) => setTimeout(resolve, 600));
  await first.stop();
  await expect.poll(() => thinker.link.db).toBeUndefined();
  answer({ tag: 'Say', value: 'I was away.' });
  const second = await startHost({ binary, folder, port: first.port });
  try {
    await expect.poll(() => lines, { timeout: 20_000 }).toContainEqual(expect.stringContaining('says: I was away.'));
    expect(asked).toBe(1);
  } finally {
    await thinker.stop();
    await second.stop();
  }
});
