import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { claim } from './harness/claim.ts';
import { count } from './harness/figures.ts';
import { NotMeasured } from './harness/not-measured.ts';
import { of } from './harness/scale.ts';
import type { Alone } from './instruments/alone-process.ts';

const ALONE = 'claims/instruments/alone-process.ts';
const TICKS = of(10, 50);

claim('self-hosted', {
  kind: 'checked',
  minutes: { quick: 3, full: 3 },
  quickRounds: 1,
  starts: [ALONE],
  why: 'A world that needs to reach its vendor can only live as long as the vendor does.',
  method:
    'In a network namespace whose only interface is loopback, the host binary starts, the module is published, a world is founded, and its clock ticks. The process inside lists the interfaces that it sees.',
  control: 'Outside the namespace, the same list must contain more than loopback.',
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
