import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { claim, NotMeasured } from './harness/claim.ts';
import { atLeast, countFigure, exactly } from './harness/judge.ts';
import type { Alone } from './harness/alone-process.ts';

const ALONE = fileURLToPath(new URL('harness/alone-process.ts', import.meta.url));
const TICKS = 50;

claim('self-hosted', {
  kind: 'checked',
  why: 'A world that needs its vendor to be reachable lives as long as the vendor does.',
  method:
    'In a network namespace of its own, whose only interface is loopback, the one binary is started, the module is published, a world is founded, and it ticks. The process inside says which interfaces it sees.',
  control: 'The same look at the interfaces outside the namespace must find more than loopback, or it would be blind.',
  async run(_lab, scale) {
    const rounds = await scale.each(alone);
    const outside = foreign(Object.keys(networkInterfaces()));
    return {
      headline: `${rounds.reduce((sum, { ticks }) => sum + ticks, 0)} ticks with nothing but loopback`,
      checks: [
        exactly(
          countFigure(
            { arm: 'subject', name: 'interfaces', label: 'Interfaces other than loopback', unit: 'interfaces' },
            rounds.map(({ interfaces }) => foreign(interfaces).length),
          ),
          0,
        ),
        atLeast(
          countFigure(
            { arm: 'subject', name: 'ticks', label: 'Ticks of the world alone', unit: 'ticks' },
            rounds.map(({ ticks }) => ticks),
          ),
          scale.rounds * TICKS,
        ),
        atLeast(
          countFigure(
            { arm: 'control', name: 'outside', label: 'Interfaces other than loopback, outside', unit: 'interfaces' },
            [outside.length],
          ),
          1,
        ),
      ],
      tallies: [
        ...rounds.map(({ interfaces, ticks }) => ({
          arm: 'subject' as const,
          label: 'in a namespace of its own',
          outcomes: { 'interfaces other than loopback': foreign(interfaces).length, ticks },
        })),
        { arm: 'control', label: 'outside', outcomes: { 'interfaces other than loopback': outside.length } },
      ],
    };
  },
});

const foreign = (interfaces: string[]) => interfaces.filter((name) => name !== 'lo');

/** @throws NotMeasured where the machine does not let us have a network namespace */
async function alone(): Promise<Alone> {
  const folder = mkdtempSync(join(tmpdir(), 'spellkave-alone-'));
  const inside = [
    'ip link set lo up && exec "$@"',
    'alone',
    process.execPath,
    '--import',
    'tsx',
    ALONE,
    folder,
    String(TICKS),
  ];
  try {
    const { stdout } = await promisify(execFile)('unshare', ['--map-root-user', '--net', 'sh', '-c', ...inside]);
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
