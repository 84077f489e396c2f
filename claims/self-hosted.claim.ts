import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { claim } from './harness/claim.ts';
import { count } from './harness/figures.ts';
import { NotMeasured } from './harness/not-measured.ts';
import type { Alone } from './instruments/alone-process.ts';

const ALONE = 'claims/instruments/alone-process.ts';
const TICKS = 50;

claim('self-hosted', {
  kind: 'checked',
  minutes: { quick: 3, full: 3 },
  starts: [ALONE],
  why: 'A world that needs its vendor to be reachable lives as long as the vendor does.',
  method:
    'In a network namespace whose only interface is loopback, the one binary is started, the module is published, a world is founded, and it ticks. The process inside says which interfaces it sees.',
  control: 'The same look at the interfaces outside the namespace must find more than loopback.',
  figures: {
    interfaces: count('Interfaces other than loopback', 'interfaces'),
    ticks: count('Ticks of the world alone', 'ticks'),
    outside: count('Interfaces other than loopback, outside', 'interfaces'),
  },
  limits: ({ subject, control }, { rounds }) => [
    subject.interfaces.exactly(0),
    subject.ticks.atLeast(rounds * TICKS),
    control.outside.atLeast(1),
  ],
  headline: ({ subject }) => `${subject.ticks.value} ticks with nothing but loopback`,
  async run({ scale, subject, control, tally }) {
    await scale.each(async () => {
      const { interfaces, ticks } = await alone();
      const others = foreign(interfaces);
      subject.interfaces.add(others);
      subject.ticks.add(ticks);
      tally('subject', 'in a namespace of its own', { 'interfaces other than loopback': others, ticks });
    });
    const outside = foreign(Object.keys(networkInterfaces()));
    control.outside.add(outside);
    tally('control', 'outside', { 'interfaces other than loopback': outside });
  },
});

/** @throws Error when loopback is missing too, because then the list was not read */
function foreign(interfaces: string[]): number {
  if (!interfaces.includes('lo')) throw new Error(`no loopback among the interfaces: ${interfaces.join(', ')}`);
  return interfaces.filter((name) => name !== 'lo').length;
}

/** @throws NotMeasured where the machine does not let us have a network namespace */
async function alone(): Promise<Alone> {
  const folder = mkdtempSync(join(tmpdir(), 'spellkave-alone-'));
  const start = [process.execPath, '--import', 'tsx', ALONE, folder, String(TICKS)];
  const inside = ['sh', '-c', 'ip link set lo up && exec "$@"', 'alone', ...start];
  try {
    const { stdout } = await promisify(execFile)('unshare', ['--map-root-user', '--net', ...inside]);
    return JSON.parse(stdout) as Alone;
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT' || /unshare:|ip: not found|Operation not permitted/.test(stderr)) {
      throw new NotMeasured(
        `this machine allows no network namespace: ${stderr.trim().split('\n')[0] || 'there is no unshare'}`,
      );
    }
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
