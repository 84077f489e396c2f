import { join } from 'node:path';
import { expect, test } from '../fixture.ts';
import { startScript } from '../program.fixture.ts';

test("a player is the same person at every spelling of the host's address", async ({ world, folder }) => {
  const { host, database } = world;
  const file = join(folder, 'Nils.json');
  const enter = async (url: string) => {
    const args = ['--url', url, '--database', database, '--name', 'Nils', '--token-file', file, '--wait', '0'];
    const program = startScript('spike/text/main.ts', args);
    program.child.stdin.end('look\n');
    expect([url, await program.ended, program.output()]).toEqual([url, 0, expect.stringContaining('You are Nils.')]);
  };
  for (const url of [host.url, `${host.url}/`, `HTTP://LOCALHOST:${host.port}/?a=b`]) await enter(url);
  expect(await world.sql('SELECT * FROM player')).toHaveLength(1);
});
