import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claim } from './harness/claim.ts';
import { count } from './harness/figures.ts';
import { of } from './harness/scale.ts';
import { alterationsFound } from './instruments/alterations.ts';
import { BusyWorld } from './instruments/busy.ts';
import { seeded, strike, type Strike } from './instruments/damage.ts';
import { commitsOf, newestSegment } from './instruments/data-folder.ts';
import { openDamaged, type End } from './instruments/damaged.ts';

/** The places of the damage follow from it. The log itself differs from run to run. */
const SEED = 20_261_126;
const CASES = of(5, 200);
const KINDS: Strike[] = ['cut', 'flip', 'zeros', 'length', 'header'];
/** What the host alone does not notice. */
const UNNOTICED: Strike[] = ['length', 'header'];
const WORDS: Record<Strike, string> = {
  cut: 'cut off at a random byte',
  flip: 'one bit flipped anywhere',
  zeros: 'a page of zeros',
  length: 'one bit flipped in a stated length',
  header: 'cut off within a header',
};
/** One case in so many may strike the founding too; the others strike the busy part. */
const FOUNDING_EVERY = 6;
/** Hosts that run at the same time. */
const AT_ONCE = 4;
const OUTCOMES = ['earlier', 'refused', 'wordless', 'inconsistent', 'hung'] as const;
const LOAD_MS = of(500, 3_000);

claim('torn-log', {
  set: 'durability',
  kind: 'measured',
  minutes: { quick: 3, full: 8 },
  why: 'A crash, a power cut or a bad disk damages what is on it. A host that then refuses to start costs an evening; one that opens a world in which gold has vanished or a thought is half done costs the world.',
  method: `Players speak and give, and a thinker submits, while agents walk and trade. The host is stopped and its folder copied ${CASES} times. In each copy the log is damaged in one place (seed ${SEED}): cut off at a random byte, cut off within the header of an entry, a bit flipped, the page around a byte filled with zeros, or a bit flipped in the length that an entry states. One case in ${FOUNDING_EVERY} may strike the founding too. ${AT_ONCE} hosts at a time open the copies, each within 20 s, by the start that \`npm start\` uses: it first cuts off an entry that was torn within its header, and looks for an entry whose length reaches past the end of the file although entries follow it. An opened world is sound when goods and gold have the sums that they had at that number of agents, every reference leads somewhere, no thought is there in part and no speaker lacks a sentence before a later one. Damage is unnoticed when the host opens a world that lacks answered sentences although entries follow more than 4 kB behind it; the host looks closer only at the last 4 kB, and cuts them off at the damage. In each opened world a player says one more sentence; 0.7 s later, when that is synced, the host is ended and started again, and the sentence should still be there.`,
  control:
    'The cases with a damaged length and with a torn header are opened by the host alone, without what precedes our start: some of them must open unnoticed, and lose what follows. The undamaged copy is opened and must be found sound; then one holding is altered, one agent is put in a place that does not exist, and the event of a thought is removed. Each alteration must be found.',
  figures: {
    inconsistent: count('Worlds opened in an inconsistent state', 'worlds'),
    hung: count('Hosts that neither opened nor refused within 20 s', 'hosts'),
    wordless: count('Refusals without a reason', 'refusals'),
    unnoticed: count('Worlds opened short of a part that was still intact on the disk', 'worlds'),
    lostAgain: count('Opened worlds that lost what was said after they were opened', 'worlds'),
    earlier: count('Earlier, consistent worlds', 'worlds'),
    refused: count('Refusals with a message', 'refusals'),
    found: count('Alterations that the check for soundness found', 'alterations'),
  },
  limits: ({ subject, control }) => [
    subject.inconsistent.never(),
    subject.hung.never(),
    subject.wordless.never(),
    subject.unnoticed.never(),
    subject.lostAgain.never(),
    subject.earlier.atLeast(Math.floor(CASES / 8)),
    subject.refused.atLeast(Math.floor(CASES / 8)),
    control.inconsistent.never(),
    control.found.exactly(3),
    control.unnoticed.atLeast(1),
    control.lostAgain.atLeast(1),
  ],
  headline: ({ subject }) =>
    `${CASES} damaged logs: ${subject.refused.value} refused, ${subject.earlier.value} opened as an earlier world, ${subject.inconsistent.value} inconsistent`,
  async run({ lab, subject, control, tally }) {
    const world = await BusyWorld.found(lab);
    const founded = commitsOf(newestSegment(lab.folder)).at(-1)?.at ?? 0;
    await world.live(0, LOAD_MS);
    await lab.host.stop();
    const commits = commitsOf(newestSegment(lab.folder));
    const room = mkdtempSync(join(tmpdir(), 'spellkave-torn-'));
    const random = seeded(SEED);
    const struck = Array.from({ length: CASES }, (_, index) => {
      const kind = KINDS[index % KINDS.length] as Strike;
      return { strikes: kind, isBare: false, ...strike(kind, commits, index % FOUNDING_EVERY ? founded : 0, random) };
    });
    const bare = struck.filter(({ strikes }) => UNNOTICED.includes(strikes)).map((each) => ({ ...each, isBare: true }));
    const cases = [...struck, ...bare].map((each, index) => ({ ...each, folder: join(room, String(index)) }));
    const work = async () => {
      for (let next = cases.shift(); next; next = cases.shift()) {
        const end = await openDamaged(world, commits, next);
        const [arm, words] = next.isBare ? (['control', 'by the bare host: '] as const) : (['subject', ''] as const);
        for (const outcome of OUTCOMES) ({ subject, control })[arm][outcome].add(end.outcome === outcome ? 1 : 0);
        ({ subject, control })[arm].unnoticed.add(end.isUnnoticed ? 1 : 0);
        ({ subject, control })[arm].lostAgain.add(end.isLostAgain ? 1 : 0);
        tally(arm, words + WORDS[next.strikes], inWords(end));
      }
    };
    try {
      const { found, before } = await alterationsFound(world, join(room, 'whole'));
      control.inconsistent.add(before);
      control.found.add(found);
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    } finally {
      rmSync(room, { recursive: true, force: true });
    }
  },
});

function inWords({ outcome, isUnnoticed, isLostAgain }: End): Record<string, number> {
  const one = (is: boolean) => (is ? 1 : 0);
  return {
    'refused with a reason': one(outcome === 'refused'),
    'opened as an earlier world': one(outcome === 'earlier'),
    'of them short of intact entries': one(isUnnoticed),
    'lost what was said next': one(isLostAgain),
    'inconsistent, hung or refused without a reason': one(!['refused', 'earlier'].includes(outcome)),
  };
}
