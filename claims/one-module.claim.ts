import { readFileSync } from 'node:fs';
import type { Contract } from '../spike/host/contract.ts';
import { buildModule } from '../spike/host/module.ts';
import { claim } from './harness/claim.ts';
import { count } from './harness/figures.ts';
import { Intruders } from './instruments/intruders.ts';
import { Tries } from './instruments/tries.ts';
import { stateOf } from './instruments/world-state.ts';

const CONTRACT = 'spike/world/contract.json';

claim('one-module', {
  kind: 'checked',
  minutes: { quick: 2, full: 3 },
  reads: [CONTRACT],
  why: 'Rules hold only if nothing can bypass them. If anything but a reducer could change the world, every other claim would cover only some of the ways in.',
  method:
    'A stranger, a player, a thinker, an archivist and a relay use HTTP and a WebSocket to try what they must not do: SQL writes over HTTP and as socket queries, every reducer of another role, of the scheduler and of the host, reducers that do not exist, publishing over the module, deleting or renaming the database, and subscribing to private tables. Each attempt must be refused for the right reason: a reducer because of the caller’s role, anything else with the host’s own message for it. The world’s rows and its module must be unchanged, and every reducer of the contract must have been tried. The owner does not take part, because the owner of a database may write with SQL, as the control shows.',
  control:
    'With the role check broken in the lab build, a stranger’s call must be committed; so must the owner’s SQL write and the owner’s module. These are the same attempts where they are allowed.',
  figures: {
    done: count('Illegal acts that succeeded', 'acts'),
    refused: count('Illegal acts refused', 'acts'),
    changed: count('Rounds that changed the world or the module', 'rounds'),
    untried: count('Reducers of the contract not tried', 'reducers'),
  },
  limits: ({ subject, control }, { rounds }) => [
    subject.done.exactly(0),
    subject.refused.atLeast(rounds * 100),
    subject.changed.exactly(0),
    subject.untried.exactly(0),
    // One for each way in that the control opens.
    control.done.atLeast(3),
  ],
  headline: ({ subject }) => `${subject.refused.value} illegal acts, all refused`,
  async run({ lab, scale, subject, control, tally }) {
    const intruders = await Intruders.of(lab);
    // Makes an event to compare.
    await lab.callAs(await lab.account(), 'join', 'Witness');
    // Nobody else may change what is compared.
    await lab.call('pause_clock');
    await scale.each(async () => {
      const before = await stateOf(lab);
      const tries = new Tries();
      const tried = await intruders.tryAll(tries);
      subject.done.add(tries.total('done'));
      subject.refused.add(tries.total('refused'));
      subject.changed.add((await stateOf(lab)) === before ? 0 : 1);
      const { reducers } = JSON.parse(readFileSync(CONTRACT, 'utf8')) as Contract;
      subject.untried.add(Object.keys(reducers).filter((name) => !tried.has(name)).length);
      for (const [kind, { refused, done }] of Object.entries(tries.byKind)) tally('subject', kind, { refused, done });
    });

    const open = new Tries();
    const never = () => false;
    await lab.call('lab_break', { Roles: [] }, true);
    const stranger = await lab.account();
    await open.try('a role that is not checked', never, () => lab.callAs(stranger, 'set_retention', 3_000));
    await lab.call('lab_break', { Roles: [] }, false);
    const { wasm } = await buildModule('lab', console.log);
    await open.try("the owner's module", never, () => lab.host.api.publish(lab.database, wasm, lab.owner));
    const rewrite = "UPDATE agent_profile SET persona = 'Rewritten.' WHERE id = 0";
    await open.try("the owner's SQL", never, () => lab.sql(rewrite));
    const [profile] = await lab.sql('SELECT persona FROM agent_profile WHERE id = 0');
    const [archive] = await lab.sql('SELECT window_ms FROM archive');
    if (profile?.['persona'] !== 'Rewritten.' || Number(archive?.['window_ms']) !== 3_000)
      throw new Error('the host accepted an act of the control, but nothing changed');
    control.done.add(open.total('done'));
    for (const [kind, { refused, done }] of Object.entries(open.byKind)) tally('control', kind, { refused, done });
  },
});
