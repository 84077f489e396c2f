import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'playwright/test';
import { PINNED_HOST } from '../spike/host/pin.ts';
import { someRun } from './evidence.fixture.ts';
import { readHosts } from './hosts.ts';

const runOn = (host: string, claim = 'tick') => {
  const run = someRun(claim);
  return JSON.stringify({ ...run, provenance: { ...run.provenance, host } });
};

let root: string;
test.beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spellkave-hosts-'));
});
test.afterEach(() => rmSync(root, { recursive: true }));

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(root, 'evidence/hosts', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

test('a project without evidence of other hosts has no hosts and no faults', () => {
  expect(readHosts(root)).toEqual({ hosts: [], faults: [] });
});

test('reads each host with its note, its evidence and the pinned runs of the same machine', () => {
  write({
    '2.10.1/host.md': '# Ten',
    '2.8.3/host.md': '# Eight\n',
    '2.8.3/tick.json': runOn('2.8.3'),
    '2.8.3/pinned/tick.json': runOn(PINNED_HOST),
  });
  const { hosts, faults } = readHosts(root);
  expect(faults).toEqual([]);
  expect(hosts.map(({ version, note }) => [version, note])).toEqual([
    ['2.8.3', '# Eight'],
    ['2.10.1', '# Ten'],
  ]);
  expect(hosts[0]?.evidence.get('tick')).toMatchObject({ claim: 'tick', provenance: { host: '2.8.3' } });
  expect(hosts[0]?.pinned.get('tick')).toMatchObject({ claim: 'tick', provenance: { host: PINNED_HOST } });
});

const WHOLE = { '2.8.3/host.md': 'Built by hand.', '2.8.3/tick.json': runOn('2.8.3') };

for (const [what, files, fault] of [
  [
    'a note that is missing',
    { '2.8.3/host.md': '' },
    { file: 'evidence/hosts/2.8.3/host.md', wrong: 'the note about this host is missing or empty' },
  ],
  [
    'a file that is not evidence',
    { '2.8.3/tock.json': '{"claim": "tock"}' },
    { file: 'evidence/hosts/2.8.3/tock.json', wrong: expect.stringMatching(/^cannot be read: .*verdict/) as unknown },
  ],
  [
    'a folder that is not a version',
    { 'newest/host.md': 'Which?', 'newest/tick.json': runOn('2.8.3') },
    { file: 'evidence/hosts/newest', wrong: '"newest" is not a version' },
  ],
  [
    'evidence that was measured on another host',
    { '2.8.3/tock.json': runOn('2.8.4', 'tock') },
    { file: 'evidence/hosts/2.8.3/tock.json', wrong: 'was measured on host 2.8.4, not on 2.8.3' },
  ],
  [
    'evidence for comparison that is not of the pinned host',
    { '2.8.3/pinned/tick.json': runOn('2.8.3') },
    { file: 'evidence/hosts/2.8.3/pinned/tick.json', wrong: `was measured on host 2.8.3, not on ${PINNED_HOST}` },
  ],
] as const) {
  test(`reports ${what}, and reads the rest`, () => {
    write({ ...WHOLE, ...files });
    const { hosts, faults } = readHosts(root);
    expect(faults).toMatchObject([fault]);
    expect(hosts.map(({ version, evidence }) => [version, [...evidence.keys()]])).toEqual([['2.8.3', ['tick']]]);
  });
}
