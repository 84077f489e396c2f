import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findHost } from '../spike/host/binary.ts';
import { PINNED_HOST, PINNED_SDK } from '../spike/host/pin.ts';
import { claim } from './harness/claim.ts';
import { count } from './harness/figures.ts';

const LOCK = 'spike/world/Cargo.lock';
const BINDINGS = 'spike/client/bindings';
const SDK = 'node_modules/@clockworklabs/spacetimedb-sdk/package.json';

claim('pinned', {
  kind: 'checked',
  minutes: { quick: 1, full: 1 },
  reads: [LOCK, `${BINDINGS}/*.ts`, 'package-lock.json'],
  why: 'Host, module, bindings and client speak one protocol and one set of types. A part of another version may work today and lose a world tomorrow.',
  method:
    'The host binary says its version. Each crate of the family in Cargo.lock, the header of each generated binding, and the installed SDK are read, and every one that is not of the pinned version counts. Each of the four readers must have found something.',
  control:
    'Wrong files, one for each of the four: a host that says another version, a lock file, a binding and an SDK of another version. The same readers must find each.',
  figures: {
    strangers: count('Parts of another version', 'parts'),
    parts: count('Parts that were read', 'parts'),
    hosts: count('Hosts that were read', 'hosts'),
    crates: count('Crates that were read', 'crates'),
    bindings: count('Bindings that were read', 'files'),
    sdks: count('SDKs that were read', 'packages'),
    found: count('Wrong parts that were found', 'parts'),
  },
  limits: ({ subject, control }) => [
    subject.strangers.exactly(0),
    subject.parts.atLeast(10),
    subject.hosts.exactly(1),
    subject.crates.atLeast(5),
    subject.bindings.exactly(readdirSync(BINDINGS).length),
    subject.sdks.exactly(1),
    control.found.exactly(4),
  ],
  headline: ({ subject }) => `${subject.parts.value} parts, one version each`,
  async run({ lab, subject, control, tally }) {
    const parts = { ...readersOf('.'), host: [lab.host.version] };
    const all = Object.values(parts).flat();
    const strangers = strangersIn(parts).length;
    subject.strangers.add(strangers);
    subject.parts.add(all.length);
    subject.hosts.add(parts.host.length);
    subject.crates.add(parts.crates.length);
    subject.bindings.add(parts.bindings.length);
    subject.sdks.add(parts.sdk.length);
    tally('subject', 'parts as they are', { pinned: all.length - strangers, 'of another version': strangers });

    for (const [what, wrong] of Object.entries(WRONG)) {
      const root = join(lab.folder, what.replaceAll(' ', '-'));
      copyParts(root);
      const host = await wrong(root);
      const found = strangersIn({ ...readersOf(root), host: [host ?? lab.host.version] }).length;
      control.found.add(found);
      tally('control', what, { found });
    }
  },
});

interface Parts {
  host: string[];
  crates: string[];
  bindings: string[];
  sdk: string[];
}

/** The versions that the files below `root` name. */
function readersOf(root: string): Omit<Parts, 'host'> {
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const crates = [...read(LOCK).matchAll(/name = "spacetimedb[\w-]*"\nversion = "([^"]+)"/g)];
  const header = /generated using spacetimedb cli version (\S+)/;
  return {
    crates: crates.map(([, version = '']) => version),
    bindings: readdirSync(join(root, BINDINGS)).map((file) => header.exec(read(`${BINDINGS}/${file}`))?.[1] ?? 'none'),
    sdk: [(JSON.parse(read(SDK)) as { version: string }).version],
  };
}

/** The versions that are not the pinned one. */
function strangersIn({ sdk, ...hosted }: Parts): string[] {
  const strangers = Object.values(hosted).flatMap((versions: string[]) =>
    versions.filter((one) => one !== PINNED_HOST),
  );
  return [...strangers, ...sdk.filter((version) => version !== PINNED_SDK)];
}

function copyParts(root: string): void {
  for (const part of [LOCK, BINDINGS, SDK]) {
    mkdirSync(join(root, part, '..'), { recursive: true });
    cpSync(part, join(root, part), { recursive: true });
  }
}

/** Each makes one part below a folder wrong; the first returns what the wrong host says. */
const WRONG: Record<string, (root: string) => Promise<string> | undefined> = {
  'wrong host': (root) => versionOfWrongHost(join(root, 'host')),
  'wrong crate': (root) => {
    replace(join(root, LOCK), /(?<before>name = "spacetimedb-lib"\nversion = ")[^"]+/, '$<before>2.8.3');
    return undefined;
  },
  'wrong binding': (root) => {
    replace(join(root, BINDINGS, 'index.ts'), /(?<before>spacetimedb cli version )\S+/, '$<before>2.8.3');
    return undefined;
  },
  'wrong SDK': (root) => {
    replace(join(root, SDK), /(?<before>"version": ")[^"]+/, '$<before>1.3.2');
    return undefined;
  },
};

/** @throws Error when the pattern is not there, because the part would stay right */
function replace(file: string, pattern: RegExp, replacement: string): void {
  const text = readFileSync(file, 'utf8');
  const wrong = text.replace(pattern, replacement);
  if (wrong === text) throw new Error(`${file} has nothing to make wrong`);
  writeFileSync(file, wrong);
}

async function versionOfWrongHost(file: string): Promise<string> {
  writeFileSync(file, "#!/bin/sh\necho 'spacetimedb tool version 2.8.3'\n", { mode: 0o755 });
  const named = process.env['SPELLKAVE_HOST'];
  process.env['SPELLKAVE_HOST'] = file;
  try {
    return (await findHost(console.log, 'any')).version;
  } finally {
    if (named === undefined) delete process.env['SPELLKAVE_HOST'];
    else process.env['SPELLKAVE_HOST'] = named;
  }
}
