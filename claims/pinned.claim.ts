import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { claim } from './harness/claim.ts';
import { count } from './harness/figures.ts';
import { BINDINGS, copyParts, LOCK, readVersions, unpinned, WRONG } from './instruments/versions.ts';

claim('pinned', {
  kind: 'checked',
  minutes: { quick: 1, full: 1 },
  reads: [LOCK, `${BINDINGS}/*.ts`, 'package-lock.json'],
  why: 'Host, module, bindings and client speak one protocol and one set of types. A part of another version may work today and destroy a world tomorrow.',
  method:
    'Four readers collect versions: of the host binary, of each spacetimedb crate in Cargo.lock, of each generated binding by its header, and of the installed SDK. Every version that differs from the pinned one counts. Each reader must have found something.',
  control:
    'Four wrong parts, one for each reader: a host that prints another version, and a lock file, a binding and an SDK of another version. The same readers must find each.',
  figures: {
    strangers: count('Parts of another version', 'parts'),
    parts: count('Parts read', 'parts'),
    hosts: count('Hosts read', 'hosts'),
    crates: count('Crates read', 'crates'),
    bindings: count('Bindings read', 'files'),
    sdks: count('SDKs read', 'packages'),
    found: count('Wrong parts found', 'parts'),
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
    const parts = { ...readVersions('.'), host: [lab.host.version] };
    const all = Object.values(parts).flat();
    const strangers = unpinned(parts).length;
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
      const found = unpinned({ ...readVersions(root), host: [host ?? lab.host.version] }).length;
      control.found.add(found);
      tally('control', what, { found });
    }
  },
});
