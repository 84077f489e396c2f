import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scriptArgs } from '../../spike/host/script.ts';
import { supervise } from '../../spike/host/supervised.ts';
import { until } from '../../spike/until.ts';
import type { Account } from '../../spike/host/api.ts';
import type { Lab } from '../harness/lab.ts';
import { childOf } from './host-process.ts';
import type { RegionHost } from './region-host.ts';

const RELAY = fileURLToPath(new URL('../../spike/relay/main.ts', import.meta.url));
const GREETED_MS = 30_000;

/** The relay of the product, in a process of its own, which ends with this one. */
export interface RelayProcess {
  /** The whole process stands still, as on a machine that hangs. */
  standStill(): void;
  goOn(): void;
  stop(): Promise<void>;
}

/** Gives somebody the role Relay in each region. */
export async function newPorter(lab: Lab, regions: readonly RegionHost[]): Promise<Account> {
  const porter = await lab.account();
  for (const region of regions) await region.call('grant_role', [`0x${porter.identity}`], { Relay: [] });
  return porter;
}

/** Starts a relay, and waits until it serves the border. */
export async function startRelay(
  lab: Lab,
  regions: readonly RegionHost[],
  porter: Account,
  waitMs: number,
): Promise<RelayProcess> {
  const isConnected = async (region: RegionHost) =>
    (await region.sql('SELECT * FROM session')).some(({ identity }) => String(identity).includes(porter.identity));
  const serves = async (region: RegionHost) =>
    (await isConnected(region)) && (await region.sql("SELECT * FROM peer WHERE shut = ''")).length > 0;
  // The host may still have to notice that the last relay is gone.
  for (const region of regions)
    if (!(await until(async () => !(await isConnected(region)), GREETED_MS, 20)))
      throw new Error(`the last relay is still connected to ${region.name}`);
  const addresses = regions.flatMap(({ host, database }) => ['--region', `${host.url}/${database}`]);
  process.env['SPELLKAVE_TOKEN'] = porter.token;
  const args = scriptArgs(RELAY, ...addresses, '--wait-ms', String(waitMs));
  const running = supervise(process.execPath, args, join(lab.folder, 'relay.log'));
  delete process.env['SPELLKAVE_TOKEN'];
  for (const region of regions)
    if (!(await until(() => serves(region), GREETED_MS, 50))) throw new Error(`no relay has reached ${region.name}`);
  return {
    standStill: () => void process.kill(childOf(running.pid), 'SIGSTOP'),
    goOn: () => void process.kill(childOf(running.pid), 'SIGCONT'),
    stop: () => running.kill(),
  };
}
