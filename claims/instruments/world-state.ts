import type { Lab } from '../harness/lab.ts';
import { fingerprint } from './fingerprint.ts';

/** Tables that must be unchanged after each round. */
const WORLD = {
  filled: [
    'place',
    'exit',
    'route',
    'agent',
    'agent_profile',
    'holding',
    'event',
    'role_grant',
    'region',
    'clock',
    'archive',
    'mind_policy',
  ],
  others: ['think_request', 'peer', 'departure', 'arrival', 'passport', 'visitor'],
};

/** Every row of the world, and the module that runs it, as one text. */
export async function stateOf(lab: Lab): Promise<string> {
  const response = await fetch(`${lab.host.url}/v1/database/${lab.database}`);
  if (!response.ok) throw new Error(`the host does not describe the database: ${response.status}`);
  return (await response.text()) + (await fingerprint(lab, WORLD));
}
