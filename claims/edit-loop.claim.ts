import { join } from 'node:path';
import { Refused, type Account } from '../spike/host/api.ts';
import { buildModule } from '../spike/host/module.ts';
import { until } from '../spike/until.ts';
import { claim } from './harness/claim.ts';
import { count, mean, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { of } from './harness/scale.ts';
import { EditedModule, editedReason, patched } from './instruments/edited-module.ts';
import { number } from './number.ts';

const EDITS = of(2, 6);
const LIMIT_S = 60;
/** A player who is not answered for so long counts as one who never sees the edit. */
const PATIENCE_MS = 20_000;
/** How long a player goes on trying after an update that the host rejected. */
const AFTER_REJECTION_MS = 1_000;

claim('edit-loop', {
  set: 'developing',
  kind: 'measured',
  minutes: { quick: 2, full: 15 },
  quickRounds: 1,
  why: 'Rules change all the time while a world is young. A developer who waits minutes for an edit, or loses the world by it, edits less.',
  method: `A copy of the module is compiled once, from nothing. Then ${EDITS} times a reason in a rule is edited, the module is compiled with Cargo as \`npm start\` does it, in the release profile, and published over the running world of thirty agents, while a player keeps breaking the rule, fifty times a second. The time runs from the saved file until the player gets the new reason. Afterwards agents and players are counted. A quick run changes the words in the compiled module instead of compiling it.`,
  control:
    'The same edit in a build that lacks tables of the running world: the host must reject it, and the player must keep getting the old reason.',
  figures: {
    loop: samples('Saved edit to the first player who sees it', 's'),
    compile: samples('Compiling an edit', 's'),
    publish: samples('Publishing an edit, until a player sees it', 's'),
    stop: samples('Longest time between two ticks while an edit is published', 's'),
    first: mean('First compilation, with everything that the module needs', 's'),
    seen: count('Edits that the player saw', 'edits'),
    lost: count('Agents and players that an edit lost', 'rows'),
    rejected: count('Edits that the host rejected', 'edits'),
  },
  limits: ({ subject, control }) => [
    full(subject.loop.max.atMost(LIMIT_S)),
    full(subject.compile.p50.atMost(LIMIT_S)),
    full(subject.publish.p50.atMost(5)),
    full(subject.stop.max.atMost(2)),
    full(subject.first.atMost(600)),
    subject.seen.exactly(EDITS),
    subject.lost.never(),
    control.rejected.exactly(1),
    control.seen.exactly(0),
  ],
  headline: ({ subject }) => `an edit is seen after ${number(subject.loop.max.value)} s at worst; limit ${LIMIT_S} s`,
  async run({ lab, scale, subject, control }) {
    const player = await lab.account();
    await lab.callAs(player, 'join', 'Editor');
    const compiled = (await buildModule('lab', console.log)).wasm;
    const copy = new EditedModule(join(lab.folder, 'edited'));
    const make = scale.of(
      (reason: string) => Promise.resolve(patched(compiled, reason)),
      (reason: string) => copy.compile(reason),
    );
    subject.first.add(await secondsOf(() => make(editedReason(0))));

    await scale.each(async (index) => {
      const reason = editedReason(index + 1);
      const before = await rowsOf(lab);
      const saved = performance.now();
      const wasm = await make(reason);
      const made = performance.now();
      const [tick] = (await lab.ticks()).slice(-1);
      await lab.host.api.publish(lab.database, wasm, lab.owner);
      subject.seen.add((await hears(lab, player, reason, PATIENCE_MS)) ? 1 : 0);
      const seen = performance.now();
      subject.compile.add((made - saved) / 1_000);
      subject.publish.add((seen - made) / 1_000);
      subject.loop.add((seen - saved) / 1_000);
      subject.stop.add(await longestStop(lab, tick?.number ?? 0));
      subject.lost.add(Math.max(0, before - (await rowsOf(lab))));
    }, EDITS);

    const lacking = patched((await buildModule('production', console.log)).wasm, editedReason(99));
    const isRejected = await lab.host.api.publish(lab.database, lacking, lab.owner).then(
      () => false,
      () => true,
    );
    control.rejected.add(isRejected ? 1 : 0);
    control.seen.add((await hears(lab, player, editedReason(99), AFTER_REJECTION_MS)) ? 1 : 0);
  },
});

/** Lets a player break the rule until the world gives this reason for it. */
function hears(lab: Lab, player: Account, reason: string, patienceMs: number): Promise<boolean> {
  return until(async () => (await reasonFor(lab, player)) === reason, patienceMs, 20);
}

/** @returns nothing while the host exchanges the module and does not answer */
function reasonFor(lab: Lab, player: Account): Promise<string | undefined> {
  return lab.callAs(player, 'act', { Say: ' ' }).then(
    () => undefined,
    (error: unknown) => (error instanceof Refused ? error.message : undefined),
  );
}

async function rowsOf(lab: Lab): Promise<number> {
  const tables = await Promise.all([lab.sql('SELECT id FROM agent'), lab.sql('SELECT * FROM player')]);
  return tables.flat().length;
}

/** In seconds, between two ticks since the one given and the third after it was seen. */
async function longestStop(lab: Lab, since: number): Promise<number> {
  const last = (await lab.lastTick()) + 2;
  await until(async () => (await lab.lastTick()) >= last, PATIENCE_MS, 50);
  const started = (await lab.ticks()).filter(({ number }) => number >= since).map(({ startedMs }) => startedMs);
  return Math.max(...started.slice(1).map((at, index) => at - (started[index] ?? at))) / 1_000;
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}
