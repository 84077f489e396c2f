import type { Context } from '../mind.ts';
import { hash, pick, shuffled } from './hash.ts';
import { OPENINGS, TO_NEIGHBOURS } from './neighbours.ts';
import { Recent } from './recent.ts';
import { linesOfGood, linesOfPersona, linesOfPlace, linesOfTime } from './remarks.ts';
import { REPLIES, SHRUGS, TAKE_UPS, TURNS } from './replies.ts';
import { SUBJECTS } from './subjects.ts';
import { filler, type Slots } from './template.ts';
import { topicOf, type Topic } from './topic.ts';

type Kind = 'persona' | 'place' | 'good' | 'time' | 'neighbour';
const KINDS: Kind[] = ['persona', 'neighbour', 'place', 'good', 'time'];
/** How often each kind is tried first. */
const LIKELY: Kind[] = ['persona', 'persona', 'persona', 'place', 'place', 'good', 'neighbour', 'time'];

/** In percent: otherwise two who stand together would never change the subject. */
const REPLY = 60;

/**
 * Gives agents their lines. Within ten minutes it says no line twice, all speakers taken together. The same contexts in
 * the same order always get the same lines.
 */
export class Voice {
  readonly #recent = new Recent();
  #answers = 0;

  /** Takes up what was said here a moment ago, or speaks of what is there. Undefined when nothing fresh is left. */
  remark(context: Context): string | undefined {
    return this.#reply(context) ?? this.#observe(context);
  }

  /** Takes up the subject of the question. There is always an answer. */
  answer(context: Context): string {
    const { agent, asker, question, place, tick } = context;
    const seed = `${agent?.name} ${tick} ${question}`;
    const name = asker ?? 'stranger';
    const topic = topicOf(question, [agent?.name ?? '', name]);
    const slots = { name, other: name, ...(topic && { topic: topic.phrase }) };
    const own = [...linesOfPersona(agent?.persona ?? ''), ...linesOfPlace(place?.name)];
    const takeUps = shuffled(topic ? TAKE_UPS : SHRUGS, seed);
    const turned = takeUps.map((lead) => (lead.endsWith(': ') ? lead : lead + (pick(TURNS, seed + lead) ?? '')));
    this.#answers++;
    return (
      (topic && this.#combine(context, takeUps, opinions(context, topic), slots, seed)) ??
      this.#combine(context, turned, own, slots, seed) ??
      this.#combine(context, turned, linesOfTime(context), slots, seed) ??
      `That makes ${this.#answers} questions, and I have an answer to one of them.`
    );
  }

  #reply(context: Context): string | undefined {
    const { agent, tick, heard } = context;
    const last = heard.findLast(({ name }) => name !== agent?.name);
    if (!last) return undefined;
    const topic = topicOf(last.words, [agent?.name ?? '', last.name]);
    if (!topic?.isNoun || hash(`${agent?.name} replies ${tick}`) % 100 >= REPLY) return undefined;
    const key = `${agent?.name} replied to ${last.name}: ${last.words}`;
    if (!this.#recent.isFresh(key, tick)) return undefined;
    const seed = `${agent?.name} ${tick} reply`;
    const slots = { name: last.name, other: last.name, topic: topic.phrase };
    const own = topic.subject ? [] : linesOfPersona(agent?.persona ?? '');
    const pool = [...opinions(context, topic), ...own];
    const line = this.#combine(context, shuffled(REPLIES, seed), pool.filter(this.#fresh(tick)), slots, seed);
    if (line) this.#recent.use(key, tick);
    return line;
  }

  #observe(context: Context): string | undefined {
    const { agent, here, holds, tick } = context;
    const seed = `${agent?.name} ${tick} remark`;
    const other = pick(here, seed)?.name;
    const carried = pick(
      holds.filter(({ good }) => good !== 'gold' || holds.length === 1),
      seed,
    );
    const slots = { ...(other && { other }), ...(carried && { count: `${carried.quantity}` }) };
    const pools: Record<Kind, string[]> = {
      persona: linesOfPersona(agent?.persona ?? ''),
      place: linesOfPlace(context.place?.name),
      good: linesOfGood(carried?.good ?? ''),
      time: linesOfTime(context),
      neighbour: TO_NEIGHBOURS,
    };
    const first = pick(LIKELY, seed) ?? 'persona';
    const openings = shuffled(OPENINGS, seed);
    const leads = hash(`${seed} opening`) % 3 === 0 ? [...openings, ''] : ['', ...openings];
    for (const pool of [first, ...KINDS].map((kind) => pools[kind])) {
      const line = this.#combine(context, leads, pool.filter(this.#fresh(tick)), slots, seed);
      if (line) return line;
    }
    return this.#combine(context, openings, pools[first], slots, seed);
  }

  readonly #fresh = (tick: number) => (what: string) => this.#recent.isFresh(what, tick);

  /** The first line of a lead and a remark that nobody has said lately, the unused parts first. */
  #combine(context: Context, leads: string[], remarks: string[], slots: Slots, seed: string): string | undefined {
    const { tick, agent } = context;
    const isFresh = this.#fresh(tick);
    const fill = filler(context);
    const freshFirst = (parts: string[]) => [...parts.filter(isFresh), ...parts.filter((part) => !isFresh(part))];
    const sayable = remarks.filter((remark) => !agent || !remark.includes(agent.name));
    for (const remark of freshFirst(shuffled(sayable, seed)))
      for (const lead of freshFirst(leads)) {
        const line = isAddressed(lead) && isAddressed(remark) ? undefined : fill(lead + remark, slots);
        if (line === undefined || !isFresh(line)) continue;
        for (const used of new Set([lead, remark, line])) if (used) this.#recent.use(used, tick);
        return line;
      }
    return undefined;
  }
}

/** Who is named twice in one line feels watched. */
function isAddressed(template: string): boolean {
  return template.includes('{other}') || template.includes('{name}');
}

/** What people say about a topic. */
function opinions({ holds }: Context, { subject }: Topic): string[] {
  if (!subject) return [];
  const held = holds.find(({ good }) => good.startsWith(subject));
  // Their count is the only slot that a question does not fill.
  const own = held ? linesOfGood(held.good).filter((line) => !line.includes('{count}')) : [];
  return [...(SUBJECTS[subject] ?? []), ...own];
}
