import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Account } from '../../spike/host/api.ts';
import type { Lab } from '../harness/lab.ts';

const PROCESS = fileURLToPath(new URL('thinker-process.ts', import.meta.url));
/** No experiment is about the cap, unless it says so. */
const ENOUGH_CALLS = 1_000_000_000;

/** Somebody with the role Thinker, in a world whose cap on calls is out of the way. */
export async function newThinker(lab: Lab): Promise<Account> {
  const account = await lab.host.api.createAccount();
  await lab.call('grant_role', [`0x${account.identity}`], { Thinker: [] });
  await lab.call('set_mind_policy', { Normal: [] }, ENOUGH_CALLS);
  return account;
}

/**
 * Starts a thinker in a process of its own, and waits until it is connected: what is measured begins after its start.
 * @param answersAfter milliseconds, or `never`
 * @returns what kills it, with no last word
 */
export async function startThinkerProcess(
  lab: Lab,
  account: Account,
  answersAfter: number | 'never',
  concurrency: number,
): Promise<() => Promise<void>> {
  const args = ['--import', 'tsx', PROCESS, lab.host.url, lab.database, String(answersAfter), String(concurrency)];
  const env = { ...process.env, SPELLKAVE_TOKEN: account.token };
  // It ends when its input does, so that a run that breaks off leaves none behind.
  const child = spawn(process.execPath, args, { env, stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = once(child, 'exit');
  const connected = async () =>
    (await lab.sql('SELECT * FROM session')).some(({ identity }) => String(identity).includes(account.identity));
  while (!(await connected())) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('the thinker ended by itself');
    await sleep(50);
  }
  return async () => {
    child.kill('SIGKILL');
    await ended;
  };
}
