import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readNewest } from '../host/commit-log.ts';
import { startHost, type Host } from '../host/host.ts';
import { buildModule } from '../host/module.ts';
import { expect, test } from '../fixture.ts';
import { readMap } from './map.ts';
import { resumeHost } from './resume-host.ts';

const DATABASE = 'torn';
/** The pinned host syncs every 500 ms. */
const SYNCED_MS = 1_000;

/** Cuts the newest segment of the world's log so many bytes behind the beginning of its last entry. */
function tear(folder: string, bytes: number): void {
  const [file] = readNewest(join(folder, 'data'), (segment) => {
    const last = [...segment.commits()].at(-1);
    return { path: segment.path, end: (last?.at ?? 0) + bytes };
  });
  truncateSync(file?.path ?? '', file?.end);
}

test('after a power cut within a header the world keeps what is said from then on', async ({ binary, folder }) => {
  const { wasm } = await buildModule('production', console.log);
  const cuts: string[] = [];
  const resume = () => resumeHost({ binary, folder, databases: [DATABASE] }, (line) => cuts.push(line));
  const first = await startHost({ binary, folder });
  const [owner, nils] = [await first.api.createAccount(), await first.api.createAccount()];
  await first.api.publish(DATABASE, wasm, owner);
  await first.api.call(DATABASE, 'found_world', [readMap()], owner);
  await first.api.call(DATABASE, 'join', ['Nils'], nils);
  await first.stop();
  tear(folder, 9);

  const say = async (host: Host, words: string) => {
    await host.api.call(DATABASE, 'act', [{ Say: words }], nils);
    await sleep(SYNCED_MS);
    await host.kill();
  };
  await say(await resume(), 'I was cut off.');
  expect(cuts).toEqual([expect.stringContaining('Cut 9 bytes')]);
  const again = await resume();
  expect(await again.api.sql(DATABASE, 'SELECT words FROM event', owner)).toContainEqual({ words: 'I was cut off.' });
  await again.stop();

  // The host alone loses what follows: once it does not, the cut is no longer needed.
  tear(folder, 9);
  await say(await startHost({ binary, folder, databases: [DATABASE] }), 'Who hears me?');
  const words = async () => {
    const bare = await startHost({ binary, folder });
    try {
      return await bare.api.sql(DATABASE, 'SELECT words FROM event', owner);
    } catch (error) {
      return String(error);
    } finally {
      await bare.stop();
    }
  };
  expect(JSON.stringify(await words())).not.toContain('Who hears me?');
});
