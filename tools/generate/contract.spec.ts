import { readFileSync } from 'node:fs';
import { expect, test } from '../../spike/fixture.ts';
import { contractOf } from '../../spike/host/contract.ts';
import { CONTRACT_FILE } from './contract.ts';

test('the committed contract is that of the production build', async ({ world }) => {
  const committed: unknown = JSON.parse(readFileSync(CONTRACT_FILE, 'utf8'));
  expect(contractOf(await world.host.api.schema(world.database)), 'run `npm run generate`').toEqual(committed);
});
