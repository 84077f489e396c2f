import { readFileSync, readdirSync } from 'node:fs';
import { PINNED_HOST, PINNED_SDK } from '../spike/host/pin.ts';
import { claim } from './harness/claim.ts';
import { atLeast, countFigure, exactly } from './harness/judge.ts';

const BINDINGS = 'spike/client/bindings';
const SDK = '@clockworklabs/spacetimedb-sdk';

claim('pinned', {
  kind: 'checked',
  why: 'Host, module, bindings and client speak one protocol and one set of types. One of another version may work today and lose a world tomorrow.',
  method:
    'The running host says its version. Each crate of the family in Cargo.lock, the header of each generated binding, and the installed SDK are read, and every one that is not of the pinned version counts.',
  control: 'Each of the four is replaced by one of another version, one at a time: each must be found.',
  dependsOn: ['spike/host/pin.ts', `${BINDINGS}/*.ts`, 'package-lock.json'],
  run(lab) {
    const parts = partsOf(lab.host.version);
    const wrong: Parts[] = [
      { ...parts, host: '2.8.3' },
      { ...parts, crates: { ...parts.crates, 'spacetimedb-lib': '1.12.0' } },
      { ...parts, bindings: { ...parts.bindings, 'index.ts': '1.12.0' } },
      { ...parts, sdk: '1.3.2' },
    ];
    const found = wrong.map((one) => strangersIn(one).length);
    const of = Object.keys(parts.crates).length + Object.keys(parts.bindings).length + 2;
    const says = { name: 'strangers', label: 'Parts of another version', unit: 'parts' };
    return Promise.resolve({
      headline: `${of} parts, one version each`,
      checks: [
        exactly(countFigure({ arm: 'subject', ...says }, [strangersIn(parts).length]), 0),
        atLeast(countFigure({ arm: 'subject', name: 'parts', label: 'Parts that were read', unit: 'parts' }, [of]), 10),
        exactly(
          countFigure({ arm: 'control', name: 'found', label: 'Wrong parts that were found', unit: 'parts' }, found),
          wrong.length,
        ),
      ],
      tallies: [
        {
          arm: 'subject',
          label: 'parts as they are',
          outcomes: { pinned: of - strangersIn(parts).length, 'of another version': strangersIn(parts).length },
        },
        ...wrong.map((_, index) => ({
          arm: 'control' as const,
          label: ['wrong host', 'wrong crate', 'wrong binding', 'wrong SDK'][index] ?? '',
          outcomes: { found: found[index] ?? 0 },
        })),
      ],
    });
  },
});

interface Parts {
  host: string;
  crates: Record<string, string>;
  bindings: Record<string, string>;
  sdk: string;
}

function partsOf(host: string): Parts {
  const lock = readFileSync('spike/world/Cargo.lock', 'utf8');
  const crates = [...lock.matchAll(/name = "(spacetimedb[\w-]*)"\nversion = "([^"]+)"/g)];
  const header = /generated using spacetimedb cli version (\S+)/;
  const bindings = readdirSync(BINDINGS).map((file) => [
    file,
    header.exec(readFileSync(`${BINDINGS}/${file}`, 'utf8'))?.[1] ?? 'none',
  ]);
  const sdk = JSON.parse(readFileSync(`node_modules/${SDK}/package.json`, 'utf8')) as { version: string };
  return {
    host,
    crates: Object.fromEntries(crates.map(([, name = '', version = '']) => [name, version])),
    bindings: Object.fromEntries(bindings) as Record<string, string>,
    sdk: sdk.version,
  };
}

/** The parts that are not of the pinned version. */
function strangersIn({ host, crates, bindings, sdk }: Parts): string[] {
  const pinned = [...Object.entries(crates), ...Object.entries(bindings), ['host', host]];
  const strangers = pinned.filter(([, version]) => version !== PINNED_HOST).map(([part = '']) => part);
  return sdk === PINNED_SDK ? strangers : [...strangers, 'sdk'];
}
