import { readFileSync } from 'node:fs';
import type { Contract } from '../spike/host/contract.ts';
import { claim } from './harness/claim.ts';
import { count } from './harness/figures.ts';
import { differences, entriesOf } from './instruments/contract-entries.ts';
import { processOf } from './instruments/host-process.ts';
import { SharedWorld } from './instruments/shared-world.ts';
import { listening } from './instruments/sockets.ts';

const CONTRACT = 'spike/world/contract.json';

claim('sdk-only', {
  kind: 'checked',
  minutes: { quick: 4, full: 5 },
  starts: ['spike/text/main.ts', 'spike/thinker/main.ts', 'spike/archivist/main.ts'],
  reads: [CONTRACT, 'src/live/*.ts', 'src/live/*.astro', 'src/pages/live.astro'],
  why: 'A second way in would be a second copy of the rules. While tables and reducers are all there is, anyone who speaks the protocol can write a client.',
  method:
    'One host runs the production module. Five kinds of client use it at once: the text client, the thinker and the archivist as separate processes, the live page in a browser, and a client on another SDK, the npm package spacetimedb 1.12.0, without generated code. Each client must read from the world and change it; the live page, which only watches, must show what the others did. The kernel reports the ports that the host listens on and the ports that the processes are connected to. The schema that the host serves is compared with the committed contract.',
  control: 'One argument of one reducer is renamed in the committed contract; the comparison must find it.',
  figures: {
    clients: count('Kinds of client that worked', 'clients'),
    ports: count('Ports that the host listens on', 'ports'),
    foreign: count('Connections of clients to other ports', 'connections'),
    connected: count('Client processes seen on that port', 'clients'),
    differences: count('Differences from the committed contract', 'entries'),
    entries: count('Entries of the contract that were compared', 'entries'),
  },
  limits: ({ subject, control }) => [
    subject.clients.atLeast(5),
    subject.ports.exactly(1),
    subject.foreign.exactly(0),
    // Each of the three processes that can be asked must be seen on the host's port.
    subject.connected.exactly(3),
    subject.differences.exactly(0),
    // Two empty contracts would agree.
    subject.entries.atLeast(30),
    control.differences.atLeast(1),
  ],
  headline: ({ subject }) => `${subject.clients.value} kinds of client, ${subject.ports.value} port`,
  async run({ lab, subject, control, tally }) {
    const world = await SharedWorld.found(lab);
    const served = await world.contract();
    const committed = JSON.parse(readFileSync(CONTRACT, 'utf8')) as Contract;
    const changed = structuredClone(committed);
    changed.reducers['act'] = ['deed: Action'];
    const { worked, foreign, connections } = await world.useWithAll();
    subject.clients.add(worked.length);
    subject.ports.add(listening(processOf(lab.host)).length);
    subject.foreign.add(foreign);
    subject.connected.add(connections);
    subject.differences.add(differences(served, committed));
    subject.entries.add(entriesOf(served).length);
    control.differences.add(differences(served, changed));
    for (const kind of worked) tally('subject', kind, { worked: 1 });
    tally('control', 'a renamed argument', { differences: differences(served, changed) });
  },
});
